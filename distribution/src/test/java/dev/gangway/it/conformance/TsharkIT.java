package dev.gangway.it.conformance;

import static dev.gangway.conformance.record.FcgiNumbers.AUTHORIZER;
import static dev.gangway.conformance.record.FcgiNumbers.CLOSE;
import static dev.gangway.conformance.record.FcgiNumbers.FILTER;
import static dev.gangway.conformance.record.FcgiNumbers.KEEP_CONN;
import static dev.gangway.conformance.record.FcgiNumbers.RESPONDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.peer.FcgiResponse;
import dev.gangway.conformance.peer.Peer;
import dev.gangway.conformance.record.Pairs;
import dev.gangway.conformance.record.Script;
import dev.gangway.it.harness.ChildProcess;
import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.TempFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Gangway sends, in the eyes of Wireshark's dissector. */
@Tag("FCGI-14")
@Tag("FCGI-18")
@Tag("FCGI-95")
class TsharkIT {
    private static final byte[] BODY = "a=1&b=2".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGE = 300_000;

    private static TempFolder folder;
    private static Path capture;

    /** The records of Gangway that the peer has read, as it counts them. */
    private static int records;

    @BeforeAll
    static void record() throws Exception {
        folder = TempFolder.create("tshark");
        capture = folder.resolve("gangway.pcap");
        try (GangwayProcess gangway = GangwayProcess.start("--authorizer=/authorize", "--filter");
                Recorder recorder = new Recorder(gangway.tcp())) {
            try (Peer peer = Peer.connect(recorder.address())) {
                talk(peer);
            }
            try (Peer peer = Peer.connect(recorder.address())) {
                count(peer.get(1, CLOSE, "/probe/headers").response(1));
                peer.expectEof();
            }
            recorder.writeTo(capture);
        }
    }

    @AfterAll
    static void remove() {
        folder.close();
    }

    private static void talk(Peer peer) {
        peer.getValues("FCGI_MAX_CONNS", "FCGI_MAX_REQS", "FCGI_MPXS_CONNS").managementAnswer();
        peer.record(77, 0, BODY).managementAnswer();
        records += 2;
        count(peer.get(1, KEEP_CONN, "/probe/headers").response(1));
        count(peer.get(1, KEEP_CONN, "/no/such/page").response(1));
        count(peer.get(1, KEEP_CONN, "/probe/fail").response(1));
        count(peer.get(65535, KEEP_CONN, "/probe/bytes?n=" + LARGE).response(65535));
        count(peer.request(1, KEEP_CONN, Pairs.request("HEAD", "/probe/headers"), new byte[0])
                .response(1));
        count(peer.post(1, KEEP_CONN, "/probe/sink", new byte[LARGE]).response(1));
        count(peer.post(1, KEEP_CONN, "/probe/sink", BODY).response(1));
        count(peer.begin(1, 9, KEEP_CONN)
                .params(1, Pairs.get("/"))
                .paramsEnd(1)
                .stdinEnd(1)
                .response(1));
        count(peer.begin(1, AUTHORIZER, KEEP_CONN)
                .params(1, Pairs.get("/files/x"))
                .paramsEnd(1)
                .response(1));
        Pairs file = Pairs.get("/page.md").and("FCGI_DATA_LAST_MOD", "1", "FCGI_DATA_LENGTH", "" + BODY.length);
        count(peer.begin(1, FILTER, KEEP_CONN)
                .params(1, file)
                .paramsEnd(1)
                .stdinEnd(1)
                .data(1, BODY)
                .dataEnd(1)
                .response(1));
        count(peer.begin(1, RESPONDER, KEEP_CONN)
                .params(1, Pairs.get("/"))
                .abort(1)
                .response(1));
        peer.send(new Script()
                .open(1, KEEP_CONN, Pairs.post("/probe/sink", BODY.length))
                .get(2, KEEP_CONN, "/probe/headers")
                .stdin(1, BODY)
                .stdinEnd(1));
        count(peer.response(2));
        count(peer.response(1));
    }

    private static void count(FcgiResponse response) {
        records += response.records().size();
    }

    @Test
    void nothingIsMalformed() {
        assertThat(tshark("-Y", "_ws.malformed || _ws.expert.severity >= 0x400000"))
                .isEmpty();
        assertThat(tshark("-Y", "tcp.port == 9000 && tcp.len > 0 && !fcgi && !tcp.segment_data"))
                .as("packets that are no FastCGI")
                .isEmpty();
    }

    @Test
    void everyRecordIsSeenAndNamed() {
        List<String> types = fields("-Y", "tcp.srcport == 9000", "-e", "fcgi.type");

        assertThat(types).hasSize(records);
        assertThat(types).contains("3", "6", "10", "11");
        assertThat(types).allMatch(type -> List.of("3", "6", "7", "10", "11").contains(type));
        assertThat(String.join("\n", tshark("-V", "-Y", "fcgi && tcp.srcport == 9000")))
                .contains("Type: FCGI_STDOUT (6)", "Type: FCGI_END_REQUEST (3)")
                .contains("Type: FCGI_GET_VALUES_RESULT (10)", "Type: FCGI_UNKNOWN_TYPE (11)")
                .contains("Protocol Status: FCGI_REQUEST_COMPLETE (0)", "Protocol Status: FCGI_UNKNOWN_ROLE (3)")
                .contains("FCGI_MPXS_CONNS = 1")
                .doesNotContain("Type: Unknown");
    }

    @Test
    void valuesAreThoseThatWereSent() {
        assertThat(fields("-Y", "tcp.srcport == 9000", "-e", "fcgi.version")).containsOnly("1");
        assertThat(fields("-Y", "tcp.srcport == 9000", "-e", "fcgi.id")).contains("0", "1", "2", "65535");
        assertThat(fields("-Y", "tcp.srcport == 9000", "-e", "fcgi.content.length").stream()
                        .mapToInt(Integer::parseInt)
                        .sum())
                .isGreaterThan(LARGE);
    }

    /** The values of a field in all records, one by one. */
    private static List<String> fields(String... options) {
        List<String> arguments = new ArrayList<>(List.of("-T", "fields"));
        arguments.addAll(List.of(options));
        return tshark(arguments.toArray(String[]::new)).stream()
                .flatMap(line -> Arrays.stream(line.split(",")))
                .filter(value -> !value.isBlank())
                .toList();
    }

    private static List<String> tshark(String... options) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString(), "-d"));
        command.add("tcp.port==" + Recorder.PORT + ",fcgi");
        command.addAll(List.of(options));
        try (ChildProcess tshark = ChildProcess.start(
                folder.resolve("tshark.log"), Map.of("HOME", folder.path().toString()), command)) {
            assertThat(tshark.join()).as(tshark.log()).isZero();
            return tshark.log()
                    .lines()
                    .filter(line -> !line.startsWith("Running as user"))
                    .toList();
        }
    }
}
