import dev.gangway.api.FcgiRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.TreeMap;
import ${namespace}.servlet.AsyncContext;
import ${namespace}.servlet.DispatcherType;
import ${namespace}.servlet.http.HttpServlet;
import ${namespace}.servlet.http.HttpServletRequest;
import ${namespace}.servlet.http.HttpServletResponse;

/** Says who the client is, by all that the Servlet API has. */
public class WhoAmI extends HttpServlet {
    private static final String TLS = "${namespace}.servlet.request.";

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("async".equals(request.getQueryString()) && request.getDispatcherType() == DispatcherType.REQUEST) {
            AsyncContext async = request.startAsync();
            async.start(async::dispatch);
            return;
        }
        response.setContentType("text/plain;charset=UTF-8");
        facts(request).forEach(line(response.getWriter()));
    }

    private static java.util.function.BiConsumer<String, Object> line(PrintWriter out) {
        return (name, value) -> out.println(name + "=" + value);
    }

    private static Map<String, Object> facts(HttpServletRequest request) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("dispatch", request.getDispatcherType());
        facts.put("user", request.getRemoteUser());
        facts.put("principal", request.getUserPrincipal() == null ? null : request.getUserPrincipal().getName());
        facts.put("type", request.getAuthType());
        facts.put("roles", roles(request, "user", "admin", "boss", "**"));
        facts.put("role", ((FcgiRequest) request.getAttribute(FcgiRequest.ATTRIBUTE)).role());
        facts.put("secure", request.isSecure());
        facts.put("scheme", request.getScheme());
        facts.put("cipher", request.getAttribute(TLS + "cipher_suite"));
        facts.put("key", request.getAttribute(TLS + "key_size"));
        facts.put("session", request.getAttribute(TLS + "ssl_session_id"));
        facts.put("protocol", request.getAttribute("jakarta.servlet.request.secure_protocol"));
        facts.put("certificate", certificate((X509Certificate[]) request.getAttribute(TLS + "X509Certificate")));
        facts.put("claim", request.getAttribute("OIDC_CLAIM_email"));
        facts.put("header", request.getHeader("Authorization") == null ? null : "there");
        ((Map<?, ?>) request.getAttribute(FcgiRequest.PARAMS_ATTRIBUTE))
                .forEach((name, value) -> {
                    if (name.toString().startsWith("X_") || name.toString().startsWith("GANGWAY")) {
                        facts.put("param " + name, value);
                    }
                });
        return facts;
    }

    private static String roles(HttpServletRequest request, String... roles) {
        StringBuilder has = new StringBuilder();
        for (String role : roles) {
            if (request.isUserInRole(role)) {
                has.append(has.length() == 0 ? "" : ",").append(role);
            }
        }
        return has.toString();
    }

    private static String certificate(X509Certificate[] chain) {
        return chain == null ? null : chain[0].getSubjectX500Principal() + " of " + chain.length;
    }
}
