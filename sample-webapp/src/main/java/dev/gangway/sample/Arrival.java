package dev.gangway.sample;

import dev.gangway.api.FcgiRequest;
import jakarta.servlet.ServletRequest;
import java.util.List;
import java.util.Optional;

/**
 * How a request came in over FastCGI. Free of Gangway's types, so that the pages also run in a container that has
 * never heard of Gangway.
 *
 * @param role   the role in which the web server calls
 * @param params the parameters as the web server sent them, in order, with repetitions
 */
public record Arrival(String role, List<Param> params) {
    /** One parameter, as sent. */
    public record Param(String name, String value) {}

    /** {@return how the request came in, or empty if it did not come through Gangway} */
    public static Optional<Arrival> of(ServletRequest request) {
        Object fcgi = request.getAttribute(FcgiRequest.ATTRIBUTE);
        return fcgi == null ? Optional.empty() : Optional.of(ThroughGangway.read(fcgi));
    }

    /** {@return the values that the web server sent under a name, in order} */
    public List<String> values(String name) {
        return params.stream()
                .filter(param -> param.name().equals(name))
                .map(Param::value)
                .toList();
    }

    /** The only class that needs Gangway's API; it is loaded with the first request that comes through Gangway. */
    private static final class ThroughGangway {
        static Arrival read(Object attribute) {
            FcgiRequest fcgi = (FcgiRequest) attribute;
            List<Param> params = fcgi.params().stream()
                    .map(param -> new Param(param.name(), param.value()))
                    .toList();
            return new Arrival(fcgi.role().name(), params);
        }
    }
}
