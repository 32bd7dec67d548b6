package dev.gangway.fcgi.cgi;

/** The path and query of a request, as a client would write them. */
final class RequestTarget {
    private RequestTarget() {}

    static String of(CgiVariables variables) {
        String path = path(variables);
        String query = variables.get(CgiVariable.QUERY_STRING);
        return query == null || path.indexOf('?') >= 0 ? path : path + "?" + text(query);
    }

    private static String path(CgiVariables variables) {
        if (variables.has(CgiVariable.REQUEST_URI)) {
            String target = withoutAuthority(variables.strictly(CgiVariable.REQUEST_URI));
            if (target.startsWith("/") || target.equals("*")) {
                return text(target);
            }
            throw new BadRequest("REQUEST_URI is not a path");
        }
        // Only the decoded path is there: encode it once, so that decoding gives it back.
        String path = decodedPath(variables);
        if (!path.startsWith("/")) {
            throw new BadRequest("no REQUEST_URI, nor a path in SCRIPT_NAME, PATH_INFO and DOCUMENT_URI");
        }
        return PathEncoder.encode(path);
    }

    private static String decodedPath(CgiVariables variables) {
        StringBuilder path = new StringBuilder();
        for (CgiVariable part : new CgiVariable[] {CgiVariable.SCRIPT_NAME, CgiVariable.PATH_INFO}) {
            String value = variables.get(part);
            path.append(value == null ? "" : value);
        }
        String document = variables.get(CgiVariable.DOCUMENT_URI);
        return path.isEmpty() && document != null ? document : path.toString();
    }

    /** Apache httpd, HAProxy and h2o pass {@code GET http://host/path} on as it is. */
    private static String withoutAuthority(String target) {
        int scheme = target.indexOf("://");
        if (scheme <= 0 || target.startsWith("/") || target.indexOf('?') >= 0 && target.indexOf('?') < scheme) {
            return target;
        }
        int authority = scheme + 3;
        for (int i = authority; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/') {
                return target.substring(i);
            }
            if (c == '?') {
                return "/" + target.substring(i);
            }
        }
        return "/";
    }

    /** As in a request line, nothing below and including the blank may stand here. */
    private static String text(String target) {
        if (target.chars().anyMatch(c -> c <= ' ' || c == 0x7F)) {
            throw new BadRequest("control character or blank in the request URI");
        }
        return target;
    }
}
