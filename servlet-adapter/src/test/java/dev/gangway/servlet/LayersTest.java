package dev.gangway.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gangway.conformance.layers.Layers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rooms of the command and who uses whom are as the package-info of {@code dev.gangway.servlet} draws them. */
class LayersTest {
    private static final String ROOT = "dev.gangway.servlet";
    private static final Layers LAYERS = Layers.of(Path.of(""), ROOT);

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

    /** At most 12 files, the package-info among them. */
    @Test
    void noClassIsLongAndNoRoomCrowded() {
        assertThat(LAYERS.sizes(12)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jakarta.servlet.", "javax.servlet.", "org.eclipse.jetty.ee8.", "org.eclipse.jetty.ee9."})
    void nothingBelongsToOneServletApi(String forbidden) {
        assertThat(LAYERS.known(ROOT)).isNotEmpty().noneMatch(name -> name.startsWith(forbidden));
    }

    @Test
    void usesNoInternalsOfJetty() {
        assertThat(LAYERS.known(ROOT)).noneMatch(name -> name.matches("org\\.eclipse\\.jetty\\..*internal\\..*"));
    }

    @Test
    void relayNeedsNothingButTheJdk() {
        String relay = ROOT + ".relay";
        assertThat(LAYERS.known(relay))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("java.") || name.startsWith(relay));
    }
}
