package dev.gangway.fcgi.incident;

import dev.gangway.api.Role;

/**
 * A request that has begun and not ended, as it was at one moment. It holds neither its query nor its parameters, which
 * may be confidential.
 *
 * @param connection the name of its connection
 * @param id         its id on this connection
 * @param role       null if the web server has asked for one that FastCGI does not know
 * @param ageNanos   nanoseconds since it began
 * @param method     null until its parameters have come
 * @param path       as the client sent it, encoded; null until its parameters have come
 */
public record ActiveRequest(
        String connection, int id, Role role, Phase phase, long ageNanos, String method, String path) {
    /** How far a request is. */
    public enum Phase {
        /** Its parameters have not come yet. */
        RECEIVING,
        /** It waits for a thread. */
        WAITING,
        /** The application, or what answers in its place, is at work. */
        RUNNING,
        /** Its answer is complete, and the web server has not taken all of it. */
        SENDING
    }

    @Override
    public String toString() {
        String target = path == null ? "" : ", " + method + " " + path;
        return "#%d %s %s, %d ms%s".formatted(id, role, phase, ageNanos / 1_000_000, target);
    }
}
