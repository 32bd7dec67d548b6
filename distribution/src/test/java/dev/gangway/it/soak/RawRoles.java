package dev.gangway.it.soak;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.REQUEST_COMPLETE;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;

/** What only a FastCGI client can do: other roles, several requests at once on one connection, and aborts of them. */
final class RawRoles {
    private final SocketAddress address;

    RawRoles(SocketAddress address) {
        this.address = address;
    }

    /** Runs a few conversations on one connection. */
    void run(Random random) {
        try (Peer peer = Peer.connect(address)) {
            peer.getValues("FCGI_MPXS_CONNS").managementAnswer();
            for (int i = 0; i < 10; i++) {
                switch (random.nextInt(4)) {
                    case 0 -> authorize(peer, random);
                    case 1 -> filter(peer, random);
                    case 2 -> atOnce(peer, random);
                    default -> abort(peer, random);
                }
            }
        }
    }

    private static void authorize(Peer peer, Random random) {
        boolean grant = random.nextBoolean();
        String mark = Long.toHexString(random.nextLong());
        Pairs pairs = Pairs.get("/probe/authorize/x?h=Variable-MARK:" + mark + "&code=" + (grant ? 200 : 403));
        peer.begin(1, AUTHORIZER, KEEP_CONN).params(1, pairs).paramsEnd(1);
        FcgiResponse response = peer.response(1);
        require(response.status() == (grant ? 200 : 403), response);
        require(!grant || response.header().one("Variable-MARK").equals(mark), response);
    }

    private static void filter(Peer peer, Random random) {
        String mark = Long.toHexString(random.nextLong());
        byte[] file = ("# " + mark + "\n\n" + "word ".repeat(random.nextInt(50_000))).getBytes(StandardCharsets.UTF_8);
        Pairs pairs = Pairs.get("/docs/" + mark + ".md")
                .and("FCGI_DATA_LAST_MOD", "1700000000", "FCGI_DATA_LENGTH", Integer.toString(file.length));
        peer.begin(1, FILTER, KEEP_CONN)
                .params(1, pairs)
                .paramsEnd(1)
                .stdinEnd(1)
                .data(1, file)
                .dataEnd(1);
        FcgiResponse response = peer.response(1);
        require(response.status() == 200 && response.text().contains("<h2>" + mark + "</h2>"), response);
    }

    private static void atOnce(Peer peer, Random random) {
        long seed = random.nextLong();
        int size = random.nextInt(200_000);
        int count = 1 + random.nextInt(8);
        for (int id = 1; id <= count; id++) {
            peer.get(id, KEEP_CONN, "/probe/bytes?seed=" + (seed + id) + "&n=" + size);
        }
        for (int id = count; id >= 1; id--) {
            byte[] expected = new byte[size];
            new SplittableRandom(seed + id).nextBytes(expected);
            FcgiResponse response = peer.response(id);
            require(response.status() == 200 && Arrays.equals(response.body(), expected), response);
        }
    }

    private static void abort(Peer peer, Random random) {
        int count = 1 + random.nextInt(8);
        for (int id = 1; id <= count; id++) {
            peer.open(id, KEEP_CONN, Pairs.post("/probe/sink", 100_000)).stdin(id, new byte[random.nextInt(100_000)]);
        }
        for (int id = 1; id <= count; id++) {
            peer.abort(id);
        }
        for (int id = 1; id <= count; id++) {
            FcgiResponse response = peer.response(id);
            require(response.protocolStatus() == REQUEST_COMPLETE, response);
        }
    }

    private static void require(boolean right, FcgiResponse response) {
        if (!right) {
            throw new AssertionError("wrong: " + response);
        }
    }
}
