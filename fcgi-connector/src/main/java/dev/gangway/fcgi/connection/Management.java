package dev.gangway.fcgi.connection;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FixedLimits;
import dev.gangway.fcgi.output.FcgiFlusher;
import dev.gangway.fcgi.output.Outgoing;
import dev.gangway.fcgi.reading.ReaderRole;
import dev.gangway.fcgi.record.ConnectionError;
import dev.gangway.fcgi.record.RecordWriter;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers the management records of a connection (FastCGI 1.0, section 4), up to the number that an honest peer may
 * send. Called by the holder of the {@link ReaderRole}.
 */
final class Management {
    static final String MULTIPLEXES = "FCGI_MPXS_CONNS";

    private final FcgiConfiguration configuration;
    private final FcgiFlusher flusher;
    private final AtomicInteger unread = new AtomicInteger();
    private int records;

    Management(FcgiConfiguration configuration, FcgiFlusher flusher) {
        this.configuration = configuration;
        this.flusher = flusher;
    }

    void onBeginRequest() {
        records = 0;
    }

    void getValues(List<String> names) throws ConnectionError {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            switch (name) {
                case "FCGI_MAX_CONNS" -> values.put(name, Integer.toString(configuration.getMaxConnections()));
                case "FCGI_MAX_REQS" -> values.put(name, Integer.toString(configuration.getMaxRequests()));
                case MULTIPLEXES -> values.put(name, configuration.isMultiplexing() ? "1" : "0");
                default -> {
                    // Unknown names are left out.
                }
            }
        }
        answer(RecordWriter.getValuesResult(values));
    }

    void unknownType(int type) throws ConnectionError {
        answer(RecordWriter.unknownType(type));
    }

    private void answer(ByteBuffer record) throws ConnectionError {
        if (++records > FixedLimits.MANAGEMENT_RECORDS
                || unread.incrementAndGet() > FixedLimits.UNREAD_MANAGEMENT_ANSWERS) {
            throw new ConnectionError("too many management records");
        }
        flusher.submit(new Outgoing.Record(record, unread::decrementAndGet));
    }
}
