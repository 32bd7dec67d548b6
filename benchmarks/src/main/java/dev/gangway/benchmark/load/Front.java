package dev.gangway.benchmark.load;

import java.util.Locale;

/** A web server between client and back end. */
public enum Front {
    NGINX,
    HTTPD,
    HAPROXY,
    LIGHTTPD;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
