package dev.gangway.conformance.difference;

import static dev.gangway.conformance.difference.Request.form;
import static dev.gangway.conformance.difference.Request.get;
import static dev.gangway.conformance.difference.Request.of;

import dev.gangway.conformance.difference.Exchange.Transport;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Constraints, and each way of logging in. */
final class Securities {
    private static final String JOE = "joes-password";

    private Securities() {}

    static List<Exchange> exchanges() {
        return Stream.of(constraints(), basic(), digest(), byForm(), program(), secure())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Exchange> constraints() {
        return List.of(
                Exchange.of("constraint/open", get("/who")),
                Exchange.of("constraint/nobody", get("/nobody/who")),
                Exchange.of(
                        "constraint/omitted method",
                        of("POST", "/post-only/who").body(new byte[0])),
                Exchange.of("constraint/other method", get("/post-only/who")),
                Exchange.of("constraint/confidential", get("/secure/who")),
                Exchange.of("constraint/role without login", get("/user/who")));
    }

    private static List<Exchange> basic() {
        return Stream.of(
                        Exchange.of("basic/challenge", get("/user/who")),
                        Exchange.of("basic/right", get("/user/who").with("Authorization", basic("joe", JOE))),
                        Exchange.of("basic/wrong", get("/user/who").with("Authorization", basic("joe", "wrong"))),
                        Exchange.of("basic/lacking role", get("/admin/who").with("Authorization", basic("joe", JOE))),
                        Exchange.of(
                                "basic/admin", get("/admin/who").with("Authorization", basic("ann", "anns-password"))),
                        Exchange.of("basic/open page", get("/who").with("Authorization", basic("joe", JOE))),
                        Exchange.of("basic/malformed", get("/user/who").with("Authorization", "Basic !")),
                        Exchange.of("basic/other scheme", get("/user/who").with("Authorization", "Bearer x")))
                .map(exchange -> exchange.at(Login.BASIC))
                .toList();
    }

    private static List<Exchange> digest() {
        return Stream.of(
                        Exchange.of("digest/challenge", get("/user/who")),
                        Exchange.of("digest/right", client -> {
                            client.send(get("/user/who?x=1"));
                            client.send(
                                    get("/user/who?x=1").with("Authorization", digest(client, "/user/who?x=1", JOE)));
                        }),
                        Exchange.of("digest/wrong", client -> {
                            client.send(get("/user/who"));
                            client.send(get("/user/who").with("Authorization", digest(client, "/user/who", "wrong")));
                        }),
                        Exchange.of("digest/encoded path", client -> {
                            client.send(get("/user/%C3%A4%20b;x=1"));
                            client.send(get("/user/%C3%A4%20b;x=1")
                                    .with("Authorization", digest(client, "/user/%C3%A4%20b;x=1", JOE)));
                        }))
                .map(exchange -> exchange.at(Login.DIGEST))
                .toList();
    }

    private static List<Exchange> byForm() {
        return Stream.of(
                        Exchange.of("form/challenge", get("/user/who")),
                        Exchange.of("form/login", client -> {
                            client.send(get("/user/who?a=1"));
                            client.follow();
                            client.sendOn(form("/j_security_check", "j_username=joe&j_password=" + JOE));
                            client.follow();
                            client.sendOn(get("/user/who"));
                            client.sendOn(get("/admin/who"));
                        }),
                        Exchange.of("form/wrong", client -> {
                            client.send(get("/user/who"));
                            client.sendOn(form("/j_security_check", "j_username=joe&j_password=wrong"));
                            client.follow();
                        }),
                        Exchange.of("form/POST is repeated after the login", client -> {
                            client.send(form("/user/who", "a=posted"));
                            client.sendOn(form("/j_security_check", "j_username=joe&j_password=" + JOE));
                            client.follow();
                        }),
                        Exchange.of("form/without session", client -> {
                            client.send(form("/j_security_check", "j_username=joe&j_password=" + JOE));
                            client.follow();
                        }))
                .map(exchange -> exchange.at(Login.FORM))
                .toList();
    }

    private static List<Exchange> program() {
        return List.of(
                Exchange.of("login/right", get("/login/in?name=joe&password=" + JOE)),
                Exchange.of("login/wrong", get("/login/in?name=joe&password=wrong")),
                Exchange.of("login/and logout", get("/login/in-and-out?name=joe&password=" + JOE)),
                Exchange.of("login/authenticate by basic", get("/login/authenticate"))
                        .at(Login.BASIC),
                Exchange.of(
                                "login/authenticated by basic",
                                get("/login/authenticate").with("Authorization", basic("joe", JOE)))
                        .at(Login.BASIC),
                Exchange.of("login/authenticate by form", get("/login/authenticate"))
                        .at(Login.FORM));
    }

    private static List<Exchange> secure() {
        return List.of(
                Exchange.of("tls/request line", get("/request/x?a=1")).by(Transport.TLS),
                Exchange.of("tls/confidential", get("/secure/who")).by(Transport.TLS),
                Exchange.of("tls/redirect", get("/redirect/here?to=there")).by(Transport.TLS),
                Exchange.of("tls/session", get("/session/count")).by(Transport.TLS),
                Exchange.of("certificate/right", get("/user/who"))
                        .at(Login.CERTIFICATE)
                        .by(Transport.TLS_WITH_CERTIFICATE),
                Exchange.of("certificate/lacking role", get("/admin/who"))
                        .at(Login.CERTIFICATE)
                        .by(Transport.TLS_WITH_CERTIFICATE),
                Exchange.of("certificate/open page", get("/who"))
                        .at(Login.CERTIFICATE)
                        .by(Transport.TLS_WITH_CERTIFICATE),
                Exchange.of("certificate/seen without login", get("/who")).by(Transport.TLS_WITH_CERTIFICATE),
                Exchange.of("certificate/none", get("/user/who"))
                        .at(Login.CERTIFICATE)
                        .by(Transport.TLS),
                Exchange.of("certificate/no tls", get("/user/who")).at(Login.CERTIFICATE));
    }

    private static String basic(String name, String password) {
        byte[] bytes = (name + ":" + password).getBytes(StandardCharsets.ISO_8859_1);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }

    /** RFC 7616, section 3.4, with MD5. */
    private static String digest(Conversation client, String target, String password) {
        String challenge = String.valueOf(client.last().header("WWW-Authenticate"));
        Matcher nonce = Pattern.compile("nonce=\"([^\"]*)\"").matcher(challenge);
        if (!nonce.find()) {
            return "Digest without a challenge";
        }
        String uri = client.contextPath() + target;
        String response =
                md5(md5("joe:house:" + password) + ":" + nonce.group(1) + ":00000001:c:auth:" + md5("GET:" + uri));
        return "Digest username=\"joe\", realm=\"house\", nonce=\"" + nonce.group(1) + "\", uri=\"" + uri
                + "\", response=\"" + response + "\", qop=auth, nc=00000001, cnonce=\"c\", algorithm=MD5";
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
