package dev.gangway.sample.role;

import dev.gangway.api.FcgiRequest;
import dev.gangway.api.Role;
import dev.gangway.sample.Query;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Lets the web server serve a file to whoever has a link that was signed here and is not too old:
 * {@code /files/a.pdf?until=…&sign=…}. As a Responder, {@code ?path=/files/a.pdf} gives such a link.
 */
@WebServlet("/authorize")
public final class LinkAuthorizer extends HttpServlet {
    private static final long VALID_SECONDS = 300;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key = new SecretKeySpec(new SecureRandom().generateSeed(32), ALGORITHM);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!(request.getAttribute(FcgiRequest.ATTRIBUTE) instanceof FcgiRequest fcgi)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else if (fcgi.role() == Role.AUTHORIZER) {
            decide(fcgi, Query.of(request), response);
        } else {
            String path = Query.of(request).text("path", "/");
            long until = Instant.now().getEpochSecond() + VALID_SECONDS;
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().print(path + "?until=" + until + "&sign=" + sign(path, until));
        }
    }

    private void decide(FcgiRequest fcgi, Query query, HttpServletResponse response) throws IOException {
        String path = fcgi.target().split("[?]", 2)[0];
        long until = query.number("until", 0, 0, Long.MAX_VALUE);
        boolean signed = MessageDigest.isEqual(bytes(sign(path, until)), bytes(query.text("sign", "")));
        if (!signed || until < Instant.now().getEpochSecond()) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "The link is not valid, or not any more");
            return;
        }
        fcgi.setVariable("LINK_UNTIL", Instant.ofEpochSecond(until).toString());
        response.setStatus(HttpServletResponse.SC_OK);
    }

    private String sign(String path, long until) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes(until + " " + path)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
