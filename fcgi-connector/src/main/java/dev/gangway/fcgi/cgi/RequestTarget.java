package dev.gangway.fcgi.cgi;

import dev.gangway.fcgi.config.PathSource;
import org.eclipse.jetty.http.HttpStatus;

/** The path and query of a request, as a client would write them; {@link ClientPath} has the rules for the path. */
final class RequestTarget {
    private RequestTarget() {}

    static String of(CgiVariables variables, TargetRules rules) {
        PathSource source = rules.source();
        String target = source == PathSource.REQUEST_URI && variables.has(CgiVariable.REQUEST_URI)
                ? received(variables)
                : built(variables, source);
        if (target.length() > rules.maxLength()) {
            throw new BadRequest(
                    HttpStatus.URI_TOO_LONG_414, "the URI has more than " + rules.maxLength() + " characters");
        }
        return withoutPrefix(target, rules.prefix());
    }

    private static String withoutPrefix(String target, String prefix) {
        if (target.startsWith(prefix)) {
            String rest = target.substring(prefix.length());
            if (prefix.isEmpty() || rest.startsWith("/")) {
                return rest;
            }
            if (rest.isEmpty() || rest.startsWith("?")) {
                return "/" + rest;
            }
        }
        throw new BadRequest(HttpStatus.NOT_FOUND_404, "not below " + prefix);
    }

    private static String received(CgiVariables variables) {
        String target = ClientPath.originForm(variables.strictlyBeforeQuery(CgiVariable.REQUEST_URI));
        String query = variables.get(CgiVariable.QUERY_STRING);
        return text(query == null || target.contains("?") ? target : target + "?" + query);
    }

    /** Only the decoded path is there: encode it once, so that decoding gives it back. */
    private static String built(CgiVariables variables, PathSource source) {
        String path = decodedPath(variables, source);
        if (!path.startsWith("/")) {
            throw new BadRequest("no path in the parameters for " + source);
        }
        return PathEncoder.encode(path) + query(variables);
    }

    private static String decodedPath(CgiVariables variables, PathSource source) {
        return switch (source) {
            case REQUEST_URI -> {
                String path = decodedPath(variables, PathSource.SCRIPT_NAME_PATH_INFO);
                yield path.isEmpty() ? decodedPath(variables, PathSource.DOCUMENT_URI) : path;
            }
            case SCRIPT_NAME_PATH_INFO ->
                variables.strictly(CgiVariable.SCRIPT_NAME) + variables.strictly(CgiVariable.PATH_INFO);
            case PATH_INFO -> variables.strictly(CgiVariable.PATH_INFO);
            case DOCUMENT_URI -> variables.strictly(CgiVariable.DOCUMENT_URI);
        };
    }

    /** {@return the query with its question mark, or nothing} */
    private static String query(CgiVariables variables) {
        if (variables.isSent(CgiVariable.QUERY_STRING)) {
            String query = variables.get(CgiVariable.QUERY_STRING);
            return query == null ? "" : "?" + text(query);
        }
        String target = variables.strictlyBeforeQuery(CgiVariable.REQUEST_URI);
        int mark = target.indexOf('?');
        return mark < 0 ? "" : text(target.substring(mark));
    }

    /** As in a request line, no control character and no blank may stand here. */
    private static String text(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) <= ' ' || target.charAt(i) == 0x7F) {
                throw new BadRequest("control character or blank in the request URI");
            }
        }
        return target;
    }
}
