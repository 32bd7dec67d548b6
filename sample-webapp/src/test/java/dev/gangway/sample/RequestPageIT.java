package dev.gangway.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestPageIT {
    @Nested
    class BehindGangway {
        @RegisterExtension
        static final SampleServer SERVER = SampleServer.behindGangway(SentParams.byNginx());

        @Test
        void showsParamsBesideWhatTheServletReads() throws Exception {
            String page = SERVER.get("/?q=1").body();

            assertThat(page)
                    .contains("This request came in over FastCGI", "nginx/1.22.1", "26 parameters", "RESPONDER");
            assertThat(page)
                    .contains(pair("REMOTE_ADDR", "203.0.113.7"), pair("getRemoteAddr()", "127.0.0.1"))
                    .contains(pair("REMOTE_USER", "alice") + pair("REMOTE_USER", "bob"))
                    .contains(pair("getQueryString()", "q=1"));
        }

        @Test
        void showsEveryParam() throws Exception {
            String page = SERVER.get("/").body();

            assertThat(SentParams.byNginx().params())
                    .allSatisfy(param -> assertThat(page).contains("<code>" + param.name() + "</code>"));
        }

        @Test
        void hidesCredentials() throws Exception {
            String page = SERVER.send(SERVER.request("/")
                            .header("Authorization", "Bearer top-secret")
                            .build())
                    .body();

            assertThat(page).contains("hidden (20 characters)", "hidden (17 characters)");
            assertThat(page).doesNotContain("very-secret-password", "c2VjcmV0", "node0secret", "top-secret");
        }

        @Test
        void escapesWhatTheClientAndTheWebServerSent() throws Exception {
            String page = SERVER.send(SERVER.request("/request/%3Cscript%3Ealert(3)?%22%3E%3Cscript%3Ealert(4)")
                            .header("X-Attack", "<script>alert(5)</script>")
                            .build())
                    .body();

            assertThat(page).contains("&lt;script&gt;alert(1)", "&lt;img src=x", "&lt;script&gt;alert(3)");
            assertThat(page).contains("&lt;script&gt;alert(5)");
            assertThat(page).doesNotContain("<script>alert", "<img src");
        }

        @Test
        void keepsItsTabAndFlagAfterTheForm() throws Exception {
            String page = SERVER.get("/request/caf%C3%A9;v=1/a+b").body();

            assertThat(page)
                    .contains("aria-current=\"page\">Request</a>")
                    .containsPattern("<div class=\"title\"><svg[^>]+><use href=\"[^\"]*/frame/flags.svg#R\"/>");
        }

        @Test
        void namesTheColumnOfEachCellForCards() throws Exception {
            assertThat(SERVER.get("/").body())
                    .contains("<td role=\"cell\" data-column=\"The web server sent\">")
                    .contains("<td role=\"cell\" data-column=\"The servlet API answers\">");
        }

        @Test
        void jspReadsParamsWithoutTheApi() throws Exception {
            assertThat(SERVER.get("/page.jsp").body()).contains("<dt>Web server</dt><dd><samp>nginx/1.22.1</samp>");
        }

        @Test
        void echoTellsRoleAndParamNames() throws Exception {
            assertThat(SERVER.get("/probe/echo").body())
                    .contains("\"role\":\"RESPONDER\"", "\"paramNames\":[\"GATEWAY_INTERFACE\",\"SERVER_SOFTWARE\",")
                    .doesNotContain("very-secret-password");
        }
    }

    @Nested
    class WithoutGangway {
        @RegisterExtension
        static final SampleServer SERVER = SampleServer.plain();

        @Test
        void saysSoAndShowsTheRest() throws Exception {
            HttpResponse<String> response = SERVER.get("/");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body())
                    .contains("This request came in without Gangway", pair("getMethod()", "GET"))
                    .doesNotContain("REQUEST_METHOD");
        }

        @Test
        void takesAnyMethodAndPath() throws Exception {
            String page = SERVER.post("/request/caf%C3%A9;v=1/a+b", "text/plain", BodyPublishers.ofString("hello"))
                    .body();

            assertThat(page)
                    .contains(pair("getMethod()", "POST"))
                    .contains(pair("getRequestURI()", "/sample/request/caf%C3%A9;v=1/a+b"))
                    .contains(pair("getPathInfo()", "/café/a+b"))
                    .contains(pair("getContentLengthLong()", "5"));
        }

        @Test
        void echoHasNoRole() throws Exception {
            assertThat(SERVER.get("/probe/echo").body()).contains("\"role\":null", "\"paramNames\":null");
        }
    }

    private static String pair(String name, String value) {
        return "<div class=\"pair\"><code>" + name + "</code> <samp>" + value + "</samp></div>";
    }
}
