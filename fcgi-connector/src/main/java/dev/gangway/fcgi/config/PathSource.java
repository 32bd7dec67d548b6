package dev.gangway.fcgi.config;

import java.util.Locale;

/**
 * Which parameters give the path of a request. All but the first one are decoded by the web server, so that what it
 * decoded from {@code %2F} or {@code %3B} is lost. A request without the chosen ones is answered with 400.
 */
public enum PathSource {
    /**
     * What the client sent, with its escapes. Web servers that do not send it are served by SCRIPT_NAME and PATH_INFO,
     * or by DOCUMENT_URI if these are missing as well.
     */
    REQUEST_URI,
    /** Both, one after the other. */
    SCRIPT_NAME_PATH_INFO,
    /** What follows the place where the web server has mounted the application. */
    PATH_INFO,
    /** What the web server has made of the path, after its rewriting. */
    DOCUMENT_URI;

    /** {@return its name in small letters, with hyphens} */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
