package dev.gangway.it.roles;

import dev.gangway.it.harness.GangwayProcess;
import dev.gangway.it.harness.RawHttp;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.RunningServer;
import dev.gangway.it.harness.WebServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Web servers in front of one Gangway, which they ask before they serve the files of a folder. */
record GuardedSite(Files files, String guarded, Map<WebServer, RunningServer> servers) implements AutoCloseable {
    /**
     * @param app the path of the application
     * @param guarded the path of the folder
     */
    static GuardedSite start(GangwayProcess gangway, String app, String guarded) {
        Files files = Files.create();
        for (GuardedServer guard : GuardedServer.values()) {
            files.put(guarded + guard.folder());
        }
        Map<String, String> placeholders = new HashMap<>(gangway.placeholders());
        placeholders.putAll(files.placeholders(app, guarded));
        Map<WebServer, RunningServer> servers = new EnumMap<>(WebServer.class);
        for (GuardedServer guard : GuardedServer.values()) {
            servers.computeIfAbsent(
                    guard.server(), server -> RunningServer.start(server, guard.configuration(), placeholders));
        }
        return new GuardedSite(files, guarded, servers);
    }

    /** Asks for a file, or for the page of the next handler. */
    RawResponse get(GuardedServer guard, String name, String... headers) throws IOException {
        RawRequest request = guard.get(guarded + guard.folder() + name);
        for (int i = 0; i < headers.length; i += 2) {
            request = request.header(headers[i], headers[i + 1]);
        }
        return exchange(guard, request);
    }

    RawResponse exchange(GuardedServer guard, RawRequest request) throws IOException {
        try (RawHttp http = connect(guard)) {
            return read(http.exchange(request));
        }
    }

    RawHttp connect(GuardedServer guard) {
        return new RawHttp(servers.get(guard.server()).port());
    }

    static RawResponse read(RawResponse response) {
        byte[] body = response.bytes();
        return new RawResponse(
                response.status(), response.reason(), response.headers(), new ByteArrayInputStream(body));
    }

    @Override
    public void close() {
        servers.values().forEach(RunningServer::close);
        files.close();
    }
}
