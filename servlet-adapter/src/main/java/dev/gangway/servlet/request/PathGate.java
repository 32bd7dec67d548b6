package dev.gangway.servlet.request;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses suspicious paths to an application, except those that it allows. It comes before the application's security,
 * which knows only one spelling of a path: an allowed path is still refused if another spelling of it would fall under
 * another constraint.
 */
public final class PathGate extends Handler.Wrapper {
    private static final Pattern PROTECTED = Pattern.compile("(?i)/(?:WEB-INF|META-INF)(?:[;/].*)?");

    private final UriCompliance compliance;
    private Supplier<List<String>> constrained = List::of;

    public PathGate(Set<SuspiciousPath> allowed) {
        compliance = SuspiciousPath.compliance(allowed);
    }

    /**
     * @param patterns the URL patterns of the security constraints of the application, asked for with each suspicious
     *     request
     */
    public void setConstrained(Supplier<List<String>> patterns) {
        constrained = patterns;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!request.getHttpURI().hasViolations()) {
            return super.handle(request, response, callback);
        }
        String reason = refusal(request);
        if (reason == null) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, HttpStatus.BAD_REQUEST_400, reason);
        return true;
    }

    private String refusal(Request request) {
        HttpURI uri = request.getHttpURI();
        for (UriCompliance.Violation violation : uri.getViolations()) {
            if (!compliance.allows(violation)) {
                return violation.getDescription();
            }
        }
        if (SuspiciousPath.isNeverAllowed(uri)) {
            return "Dot segment or control character in a suspicious path";
        }
        String path = Request.getPathInContext(request);
        String plain = SuspiciousPath.plain(path);
        if (PROTECTED.matcher(plain).matches()) {
            return "Suspicious path to a protected directory";
        }
        boolean ambiguous = constrained.get().stream()
                .map(ServletPathSpec::new)
                .anyMatch(pattern -> pattern.matches(path) != pattern.matches(plain));
        return ambiguous ? "Suspicious path to a constrained resource" : null;
    }
}
