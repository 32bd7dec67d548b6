package dev.gangway.benchmark.load;

import dev.gangway.benchmark.Workload;
import java.nio.file.Path;

/** What a web server speaks with its back end. */
public enum Protocol {
    FASTCGI {
        @Override
        byte[] head(BrowserRequest request, Path root, int slot, boolean kept) {
            return FastCgi.head(request, root, slot, kept);
        }

        @Override
        byte[] body(Workload workload) {
            return FastCgi.body(workload);
        }

        @Override
        Dialogue over(Dialogue.Outflow out) {
            return new FastCgi(out);
        }
    },
    HTTP {
        @Override
        byte[] head(BrowserRequest request, Path root, int slot, boolean kept) {
            return Http.head(request, kept);
        }

        @Override
        byte[] body(Workload workload) {
            return workload.body().bytes();
        }

        @Override
        Dialogue over(Dialogue.Outflow out) {
            return new Http(out);
        }
    },
    AJP {
        @Override
        byte[] head(BrowserRequest request, Path root, int slot, boolean kept) {
            return Ajp.head(request);
        }

        @Override
        byte[] body(Workload workload) {
            return workload.body().bytes();
        }

        @Override
        Dialogue over(Dialogue.Outflow out) {
            return new Ajp(out);
        }
    };

    /**
     * {@return what is said of a request before its body}
     *
     * @param root the document root
     * @param slot its place among the requests that are said at once, from 0
     * @param kept whether the connection shall outlive it
     */
    abstract byte[] head(BrowserRequest request, Path root, int slot, boolean kept);

    /** {@return the body of each request as it goes over the wire} */
    abstract byte[] body(Workload workload);

    /** {@return what is said over a new connection} */
    abstract Dialogue over(Dialogue.Outflow out);
}
