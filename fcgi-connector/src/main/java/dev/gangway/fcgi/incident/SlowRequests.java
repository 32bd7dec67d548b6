package dev.gangway.fcgi.incident;

/**
 * Is told of requests that take long. It is called by the scheduler, which has other things to do as well: it must be
 * quick.
 */
public interface SlowRequests {
    /** Nobody wants to know. */
    SlowRequests NONE = new SlowRequests() {
        @Override
        public void onSlow(SlowRequest request) {}

        @Override
        public void onEnd(ActiveRequest request) {}
    };

    /** A request takes longer than it should; told once. */
    void onSlow(SlowRequest request);

    /** A request of which {@link #onSlow} was told has ended, at the age that it has now. Any thread calls it. */
    void onEnd(ActiveRequest request);
}
