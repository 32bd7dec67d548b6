package dev.gangway.fcgi.admission;

import dev.gangway.fcgi.config.FcgiConfiguration;
import dev.gangway.fcgi.config.FixedLimits;

/**
 * How many requests there may be, over all connections of a factory.
 *
 * @param active      those that cost something: their PARAMS have ended, or have become long
 * @param interleaved those that have begun while PARAMS of another one on their connection had not ended
 * @param rejected    those that are answered by an error page without having reached the application
 */
public record Quotas(Quota active, Quota interleaved, Quota rejected) {
    public static Quotas of(FcgiConfiguration configuration) {
        return new Quotas(
                new Quota(configuration::getMaxRequests),
                new Quota(() -> FixedLimits.INTERLEAVED_REQUESTS),
                new Quota(() -> FixedLimits.REJECTED_REQUESTS));
    }
}
