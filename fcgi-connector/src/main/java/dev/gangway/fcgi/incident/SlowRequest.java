package dev.gangway.fcgi.incident;

import dev.gangway.api.FcgiRequest;
import java.util.List;

/**
 * A request that takes long, as it is at one moment.
 *
 * @param request its state
 * @param params  what the web server has said of it, with credentials masked; values may contain any character
 * @param thread  the thread at work on it, or null if there is none: it waits for a thread, or asynchronously
 */
public record SlowRequest(ActiveRequest request, List<FcgiRequest.Param> params, RunningThread thread) {
    /** {@return the line at which the application is, in words that follow what is said of the request; may be empty} */
    public String place() {
        String place = thread == null ? "" : thread.place();
        return place.isEmpty() ? "" : ", at " + place;
    }
}
