package dev.gangway.sample;

import dev.gangway.api.FcgiData;
import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a web server might have sent.
 */
record SentParams(Role role, List<Param> params) implements FcgiRequest {
    /** A request behind nginx with its usual parameter file, with secrets, an attack and a repetition. */
    static SentParams byNginx() {
        return new SentParams(
                Role.RESPONDER,
                List.of(
                        new Param("GATEWAY_INTERFACE", "CGI/1.1"),
                        new Param("SERVER_SOFTWARE", "nginx/1.22.1"),
                        new Param("REQUEST_METHOD", "GET"),
                        new Param("REQUEST_URI", "/sample/?q=<script>alert(1)</script>"),
                        new Param("DOCUMENT_URI", "/sample/"),
                        new Param("SCRIPT_NAME", "/sample/"),
                        new Param("QUERY_STRING", "q=<script>alert(1)</script>"),
                        new Param("CONTENT_TYPE", ""),
                        new Param("CONTENT_LENGTH", ""),
                        new Param("SERVER_PROTOCOL", "HTTP/1.1"),
                        new Param("REQUEST_SCHEME", "https"),
                        new Param("HTTPS", "on"),
                        new Param("REMOTE_ADDR", "203.0.113.7"),
                        new Param("REMOTE_PORT", "51234"),
                        new Param("SERVER_ADDR", "198.51.100.20"),
                        new Param("SERVER_PORT", "443"),
                        new Param("SERVER_NAME", "www.example.com"),
                        new Param("REMOTE_USER", "alice"),
                        new Param("REMOTE_USER", "bob"),
                        new Param("REMOTE_PASSWD", "very-secret-password"),
                        new Param("DOCUMENT_ROOT", "/srv/www"),
                        new Param("REDIRECT_STATUS", "200"),
                        new Param("HTTP_HOST", "www.example.com"),
                        new Param("HTTP_AUTHORIZATION", "Basic c2VjcmV0"),
                        new Param("HTTP_COOKIE", "JSESSIONID=node0secret"),
                        new Param("HTTP_USER_AGENT", "<img src=x onerror=alert(2)>")));
    }

    @Override
    public String target() {
        return paramMap().get("REQUEST_URI");
    }

    @Override
    public void setVariable(String name, String value) {
        throw new IllegalStateException("not an Authorizer");
    }

    @Override
    public FcgiData data() {
        throw new IllegalStateException("not a Filter");
    }

    @Override
    public Map<String, String> paramMap() {
        Map<String, String> map = new LinkedHashMap<>();
        params.forEach(param -> map.put(param.name(), param.value()));
        return map;
    }
}
