package dev.gangway.servlet.listen;

import java.nio.file.Path;

/** Where web servers reach the application, as a user writes it: {@code unix:PATH}, {@code tcp:HOST:PORT} or {@code fd:0}. */
public sealed interface ListenAddress {
    /** A Unix-domain socket, which the runner makes and removes. */
    record Unix(Path path) implements ListenAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** A TCP port; 0 stands for any free one. */
    record Tcp(HostPort address) implements ListenAddress {
        @Override
        public String toString() {
            return "tcp:" + address;
        }
    }

    /** The listening socket that a parent process left on descriptor 0 (FastCGI 1.0, section 2.2). */
    record Inherited() implements ListenAddress {
        @Override
        public String toString() {
            return "fd:0";
        }
    }

    /**
     * {@return the address that a text stands for}
     *
     * @throws IllegalArgumentException with a message for the user if it is malformed
     */
    static ListenAddress parse(String text) {
        if (text.startsWith("unix:")) {
            return unix(text.substring("unix:".length()));
        }
        if (text.startsWith("tcp:")) {
            return new Tcp(HostPort.parse(text.substring("tcp:".length())));
        }
        if (text.equals("fd:0")) {
            return new Inherited();
        }
        if (text.startsWith("fd:")) {
            throw new IllegalArgumentException("'" + text + "': FastCGI hands over descriptor 0 only, want fd:0");
        }
        throw new IllegalArgumentException("'" + text + "' is not an address, want unix:PATH, tcp:HOST:PORT or fd:0");
    }

    private static Unix unix(String path) {
        if (path.isEmpty() || path.endsWith("/")) {
            throw new IllegalArgumentException("'unix:" + path + "' names no socket, want unix:PATH");
        }
        return new Unix(Path.of(path).toAbsolutePath().normalize());
    }
}
