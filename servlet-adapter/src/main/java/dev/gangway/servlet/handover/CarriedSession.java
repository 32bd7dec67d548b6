package dev.gangway.servlet.handover;

import java.io.IOException;
import java.util.function.BiConsumer;
import org.eclipse.jetty.session.SessionData;
import org.eclipse.jetty.session.SessionDataStore;

/**
 * A session between two versions of an application: without any object of the version that it comes from.
 *
 * @param created when it was created, like all times in milliseconds since the epoch
 * @param accessed when the last request came
 * @param lastAccessed when the request before that one came
 * @param cookieSet when its cookie was sent
 * @param maxInactiveMs how long it lives without a request; not positive for ever
 * @param expiry when it ends without a request; not positive for never
 * @param attributes written by {@link AttributeOutput}
 */
record CarriedSession(
        long created,
        long accessed,
        long lastAccessed,
        long cookieSet,
        long maxInactiveMs,
        long expiry,
        byte[] attributes) {
    /**
     * {@return what a session is now}
     *
     * @param onOmitted is told of each attribute that cannot be carried over, and of the reason
     */
    static CarriedSession of(SessionData data, BiConsumer<String, Throwable> onOmitted) throws IOException {
        return new CarriedSession(
                data.getCreated(),
                data.getAccessed(),
                data.getLastAccessed(),
                data.getCookieSet(),
                data.getMaxInactiveMs(),
                data.getExpiry(),
                AttributeOutput.write(data.getAllAttributes(), onOmitted));
    }

    /**
     * {@return the session in the version whose classes the current thread uses}
     *
     * @param onOmitted is told of each attribute that this version cannot read, and of the reason
     */
    SessionData unpack(String id, SessionDataStore store, BiConsumer<String, Throwable> onOmitted)
            throws IOException, ClassNotFoundException {
        SessionData data = store.newSessionData(id, created, accessed, lastAccessed, maxInactiveMs);
        data.setCookieSet(cookieSet);
        data.setExpiry(expiry);
        // Otherwise it would count as new.
        data.setLastSaved(System.currentTimeMillis());
        data.putAllAttributes(AttributeInput.read(attributes, onOmitted));
        return data;
    }

    boolean isExpired() {
        return expiry > 0 && expiry <= System.currentTimeMillis();
    }
}
