package dev.gangway.it.environments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.it.harness.Body;
import dev.gangway.it.harness.RawRequest;
import dev.gangway.it.harness.RawResponse;
import dev.gangway.it.harness.TempFolder;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Large applications that others have made, side by side in one process behind nginx. */
@EnabledIfSystemProperty(named = "gangway.full", matches = "true", disabledReason = "only with ./test --full")
class LargeApplicationsIT {
    private static final Path APPLICATIONS = Path.of(System.getProperty("gangway.applications"));

    private static TempFolder folder;
    private static Behind site;

    @BeforeAll
    static void start() throws IOException {
        folder = TempFolder.create("large");
        // Solr leaves its logging to its server.
        site = Behind.nginx(
                List.of(
                        "/solr=" + solr(folder.resolve("solr.war")),
                        "/wicket=" + APPLICATIONS.resolve("wicket-examples.war"),
                        "/tobago=" + tobago(folder.resolve("tobago.war"))),
                "--lib=" + APPLICATIONS.resolve("jcl-over-slf4j.jar"));
    }

    /** With the place of its data, which otherwise is a system property. */
    private static Path solr(Path war) throws IOException {
        Path home = Files.createDirectories(folder.resolve("solr"));
        Path configuration = Files.createDirectories(home.resolve("collection1/conf"));
        Path applications = Path.of("src/test/resources/applications/solr");
        Files.copy(applications.resolve("solr.xml"), home.resolve("solr.xml"));
        for (String file : List.of("solrconfig.xml", "schema.xml")) {
            Files.copy(applications.resolve(file), configuration.resolve(file));
        }
        Files.writeString(home.resolve("collection1/core.properties"), "name=collection1\n");
        Files.copy(APPLICATIONS.resolve("solr.war"), war);
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Path descriptor = archive.getPath("WEB-INF/web.xml");
            String entry = "<env-entry><env-entry-name>solr/home</env-entry-name>"
                    + "<env-entry-type>java.lang.String</env-entry-type><env-entry-value>" + home
                    + "</env-entry-value></env-entry></web-app>";
            Files.writeString(descriptor, Files.readString(descriptor).replace("</web-app>", entry));
        }
        return war;
    }

    /** It leaves CDI to its server. */
    private static Path tobago(Path war) throws IOException {
        Files.copy(APPLICATIONS.resolve("tobago-example-demo.war"), war);
        try (FileSystem archive = FileSystems.newFileSystem(war)) {
            Files.copy(
                    APPLICATIONS.resolve("libraries/weld-servlet-shaded-5.1.2.Final.jar"),
                    archive.getPath("WEB-INF/lib/weld-servlet-shaded.jar"));
        }
        return war;
    }

    @AfterAll
    static void stop() {
        site.stop();
        folder.close();
    }

    @Test
    void solrIndexesAndFinds() throws IOException {
        RawRequest document = RawRequest.post(
                        "/solr/collection1/update?commit=true",
                        Body.of("<add><doc><field name=\"id\">1</field><field name=\"name\">grün</field></doc></add>"))
                .header("Content-Type", "text/xml; charset=utf-8");

        assertThat(site.exchange(document).status()).isEqualTo(200);
        assertThat(site.get("/solr/collection1/select?q=name:gr%C3%BCn&wt=json"))
                .contains("\"numFound\":1", "\"name\":\"grün\"");
        assertThat(site.get("/solr/")).contains("<title>Solr Admin</title>");
        assertThat(site.get("/solr/admin/info/system?wt=json")).contains("\"solr-spec-version\":\"4.10.4\"");
    }

    @Test
    void wicketKeepsThePageOfASession() throws IOException {
        assertThat(site.get("/wicket/index.html")).contains("Live examples to learn Apache Wicket");

        String page = site.get("/wicket/helloworld/");

        assertThat(page).contains("Hello World!");
        RawResponse form = site.exchange(RawRequest.get("/wicket/forminput/"));
        assertThat(form.status()).isIn(200, 302);
        assertThat(form.value("Set-Cookie")).startsWith("JSESSIONID=");
    }

    @Test
    void facesPagesOfTobagoWorkWithWeld() throws IOException {
        RawResponse first = site.exchange(RawRequest.get("/tobago/content/000-intro/03-intro/Intro.xhtml"));
        String page = first.text();

        assertThat(first.status()).as(page).isEqualTo(200);
        assertThat(page).contains("<tobago-page", "Tobago");
        Matcher style =
                Pattern.compile("[\"'](/tobago/[^\"']*\\.css[^\"']*)[\"']").matcher(page);
        assertThat(style.find()).isTrue();
        assertThat(site.get(style.group(1).replace("&amp;", "&"))).contains("{");
    }
}
