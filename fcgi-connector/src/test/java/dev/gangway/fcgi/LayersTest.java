package dev.gangway.fcgi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.layers.Layers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms of the connector and who uses whom are as the package-info of {@code dev.gangway.fcgi} draws them. */
class LayersTest {
    private static final Layers LAYERS = Layers.of(Path.of(""), "dev.gangway.fcgi");

    /** Since each row has later ones only, there is no circle of rooms, nor of classes of different rooms. */
    @Test
    void theDrawingIsOfEveryRoomAndGoesOneWay() {
        assertThat(LAYERS.drawing()).isEmpty();
    }

    @Test
    void eachRoomUsesWhatIsDrawn() {
        assertThat(LAYERS.uses()).isEmpty();
    }

    /** Nor does its documentation know more. */
    @Test
    void eachRoomNamesWhatIsDrawn() {
        assertThat(LAYERS.names()).isEmpty();
    }

    /** Else a newcomer cannot find his way. */
    @Test
    void noClassIsLongAndNoNewRoomCrowded() {
        assertThat(LAYERS.sizes(12, "cgi")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.gangway.fcgi.record, org.eclipse.jetty.",
        "dev.gangway.fcgi.config, org.eclipse.jetty.server.",
        "dev.gangway.fcgi.cgi, org.eclipse.jetty.server.",
        "dev.gangway.fcgi, jakarta.servlet.",
        "dev.gangway.fcgi, javax.servlet.",
        "dev.gangway.fcgi, org.eclipse.jetty.ee"
    })
    void doesNotUse(String part, String forbidden) {
        assertThat(LAYERS.known(part)).isNotEmpty().noneMatch(name -> name.startsWith(forbidden));
    }

    @Test
    void usesNoInternalsOfJetty() {
        assertThat(LAYERS.known("dev.gangway.fcgi"))
                .noneMatch(name -> name.matches("org\\.eclipse\\.jetty\\..*internal\\..*"));
    }
}
