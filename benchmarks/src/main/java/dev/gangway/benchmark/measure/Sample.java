package dev.gangway.benchmark.measure;

import dev.gangway.benchmark.load.Load;

/**
 * What one round of one contender came to.
 *
 * @param seconds   how long it was driven
 * @param processor processor time meanwhile
 * @param allocated bytes that it allocated meanwhile, 0 if it cannot tell
 */
record Sample(Load.Outcome outcome, double seconds, ProcessorTime processor, long allocated) {
    /** More of a processor than this used by others makes figures doubtful. */
    private static final double QUIET = 0.1;

    double microsPerRequest() {
        return processor.backEnd() * 1e6 / outcome.requests();
    }

    double frontMicrosPerRequest() {
        return processor.front() * 1e6 / outcome.requests();
    }

    double requestsPerSecond() {
        return outcome.requests() / seconds;
    }

    double bytesPerRequest() {
        return (double) allocated / outcome.requests();
    }

    /** {@return how many processors others have used on average} */
    double others() {
        return processor.others() / seconds;
    }

    boolean noisy() {
        return others() > QUIET;
    }
}
