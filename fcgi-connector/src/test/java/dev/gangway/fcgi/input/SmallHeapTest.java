package dev.gangway.fcgi.input;

import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.fcgi.testing.ResponseAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.fcgi.input.SmallHeapMain.Block;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bodies far larger than the memory of the server. With {@code -Dgangway.full=true} they have 10 GiB. */
class SmallHeapTest {
    private static final long MIB = 1024 * 1024;
    private static final long SIZE = (Boolean.getBoolean("gangway.full") ? 10 * 1024 : 1024) * MIB;
    private static final int MANY = 10;

    private Process server;
    private InetSocketAddress address;

    @BeforeEach
    void start() throws Exception {
        server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:MaxDirectMemorySize=32m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeapMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = server.inputReader();
        address = new InetSocketAddress("127.0.0.1", Integer.parseInt(output.readLine()));
    }

    @AfterEach
    void stop() throws Exception {
        server.getOutputStream().close();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    @Tag("FCGI-66")
    @Tag("FCGI-101")
    void takesALargeUpload() {
        try (Peer peer = Peer.connect(address)) {
            long blocks = SIZE / Block.LENGTH;
            peer.open(1, KEEP_CONN, Pairs.post("/upload", blocks * Block.LENGTH));

            long checksum = upload(peer, 1, blocks);

            assertThat(peer.stdinEnd(1).response(1))
                    .hasBody(blocks * Block.LENGTH + " " + checksum)
                    .isComplete();
        }
    }

    @Test
    @Tag("FCGI-18")
    @Tag("FCGI-102")
    void sendsALargeDownloadToASlowReader() {
        try (Peer peer = Peer.connect(address)) {
            long blocks = SIZE / Block.LENGTH;
            CRC32C checksum = new CRC32C();
            peer.get(1, KEEP_CONN, "/download?" + blocks).sink(1, slowly(checksum));

            FcgiResponse response = peer.response(1);

            assertThat(response).hasStatus(200).isComplete();
            assertThat(response.bodyLength()).isEqualTo(blocks * Block.LENGTH);
            assertThat(checksum.getValue()).isEqualTo(expected(blocks));
        }
    }

    @Test
    @Tag("FCGI-100")
    @Tag("FCGI-101")
    @Tag("FCGI-102")
    void carriesManyLargeBodiesBothWaysOnOneConnection() {
        try (Peer peer = Peer.connect(address)) {
            long blocks = SIZE / 64 / Block.LENGTH;
            for (int i = 1; i <= MANY; i++) {
                peer.open(i, KEEP_CONN, Pairs.post("/upload", blocks * Block.LENGTH));
                peer.get(MANY + i, KEEP_CONN, "/download?" + blocks).sink(MANY + i, OutputStream.nullOutputStream());
            }

            CompletableFuture<Void> speaking = CompletableFuture.runAsync(() -> {
                Block block = new Block();
                for (long number = 0; number < blocks; number++) {
                    for (int id = 1; id <= MANY; id++) {
                        peer.stdin(id, block.numbered(number));
                    }
                }
                for (int id = 1; id <= MANY; id++) {
                    peer.stdinEnd(id);
                }
            });

            for (int i = 1; i <= MANY; i++) {
                assertThat(peer.response(i))
                        .hasBody(blocks * Block.LENGTH + " " + expected(blocks))
                        .isComplete();
                FcgiResponse download = peer.response(MANY + i);
                assertThat(download).isComplete();
                assertThat(download.bodyLength()).isEqualTo(blocks * Block.LENGTH);
            }
            speaking.join();
        }
    }

    /** Each connection brings its body in pieces that would keep a buffer of four times their size. */
    @Test
    @Tag("FCGI-84")
    @Tag("FCGI-101")
    @Tag("FCGI-162")
    void keepsManyUploadsThatNobodyReads() {
        int piece = 4096;
        int pieces = 60;
        List<Peer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < 4 * MANY; i++) {
                peers.add(Peer.connect(address).open(1, KEEP_CONN, Pairs.post("/late", (long) piece * pieces)));
            }
            for (int i = 0; i < pieces; i++) {
                peers.forEach(peer -> peer.stdin(1, new byte[piece]));
            }
            try (Peer other = Peer.connect(address)) {
                assertThat(other.get(1, KEEP_CONN, "/download?1").response(1))
                        .hasStatus(200)
                        .isComplete();
                other.get(1, KEEP_CONN, "/go").response(1);
            }

            CRC32C checksum = new CRC32C();
            checksum.update(new byte[piece * pieces]);
            for (Peer peer : peers) {
                assertThat(peer.stdinEnd(1).response(1))
                        .hasBody(piece * pieces + " " + checksum.getValue())
                        .isComplete();
            }
        } finally {
            peers.forEach(Peer::close);
        }
    }

    private static long upload(Peer peer, int id, long blocks) {
        CRC32C checksum = new CRC32C();
        Block block = new Block();
        for (long number = 0; number < blocks; number++) {
            byte[] bytes = block.numbered(number);
            checksum.update(bytes);
            peer.stdin(id, bytes);
        }
        return checksum.getValue();
    }

    private static long expected(long blocks) {
        CRC32C checksum = new CRC32C();
        Block block = new Block();
        for (long number = 0; number < blocks; number++) {
            checksum.update(block.numbered(number));
        }
        return checksum.getValue();
    }

    private static OutputStream slowly(CRC32C checksum) {
        return new OutputStream() {
            private int writes;

            @Override
            public void write(byte[] bytes, int from, int length) {
                checksum.update(bytes, from, length);
                if (++writes % 64 == 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }

            @Override
            public void write(int b) {
                checksum.update(b);
            }
        };
    }
}
