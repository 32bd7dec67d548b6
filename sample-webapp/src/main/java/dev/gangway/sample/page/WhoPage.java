package dev.gangway.sample.page;

import static dev.gangway.sample.Html.escape;

import dev.gangway.sample.Arrival;
import dev.gangway.sample.frame.Exhibit;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** Shows who the client is, as far as the web server has said so and is believed. */
@WebServlet(WhoPage.PATH)
@Exhibit(
        path = WhoPage.PATH,
        title = "Who am I",
        flag = 'W',
        place = 8,
        summary = "Who you are: the user, the roles and the certificate that the web server knows.")
public final class WhoPage extends HttpServlet {
    static final String PATH = "/who";

    private static final String TLS = "jakarta.servlet.request.";
    private static final List<String> ROLES = List.of("user", "admin", "**");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String user = request.getRemoteUser();
        Page.send(
                request,
                response,
                user == null ? "Nobody in particular" : user,
                """
                <p class="lead">%s</p>
                %s""".formatted(lead(user), table(request)));
    }

    private static String lead(String user) {
        return user == null
                ? "Nobody has logged in, neither at the web server nor here. A header that says otherwise is not believed."
                : "The login is the web server's or the application's; servlets cannot tell, and need not.";
    }

    private static String table(HttpServletRequest request) {
        Table table = new Table("others", List.of("About", "The servlet API answers"));
        row(table, "User", request.getRemoteUser());
        row(table, "Login", request.getAuthType());
        row(
                table,
                "Roles",
                String.join(", ", ROLES.stream().filter(request::isUserInRole).toList()));
        row(table, "FastCGI role", Arrival.of(request).map(Arrival::role).orElse(null));
        row(table, "Secure", Boolean.toString(request.isSecure()));
        row(table, "Protocol", request.getAttribute(TLS + "secure_protocol"));
        row(table, "Cipher suite", request.getAttribute(TLS + "cipher_suite"));
        row(table, "Key size", request.getAttribute(TLS + "key_size"));
        row(table, "Certificate", certificates(request));
        return table.html();
    }

    private static void row(Table table, String about, Object value) {
        boolean none = value == null || value.toString().isEmpty();
        table.row(
                escape(about),
                List.of(none ? "<span class=\"none\">none</span>" : "<samp>" + escape(value.toString()) + "</samp>"));
    }

    private static String certificates(HttpServletRequest request) {
        X509Certificate[] chain = (X509Certificate[]) request.getAttribute(TLS + "X509Certificate");
        if (chain == null) return null;
        return String.join(
                "; issued by ",
                Stream.concat(
                                Stream.of(chain[0].getSubjectX500Principal()),
                                Stream.of(chain).map(X509Certificate::getIssuerX500Principal))
                        .map(Object::toString)
                        .toList());
    }
}
