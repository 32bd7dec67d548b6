package dev.gangway.benchmark.start;

import java.nio.file.Path;

/**
 * An application that is started.
 *
 * @param location a WAR or a directory with the content of one
 * @param page what is asked for, below the context path
 */
record Application(String name, Path location, String page) {
    static final String CONTEXT_PATH = "/app";

    String path() {
        return CONTEXT_PATH + page;
    }

    /** {@return the name that makes a container serve it at the context path} */
    String fileName() {
        return location.toString().endsWith(".war") ? "app.war" : "app";
    }
}
