package dev.gangway.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escapesMarkupInElementsAndAttributes() {
        assertThat(Html.escape("<a href=\"x\" title='y'>&</a>"))
                .isEqualTo("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
    }

    @Test
    void showsControlCharactersAsReplacements() {
        assertThat(Html.escape("a\0b\rc\u009Fd\te\n")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\te\n");
    }

    @Test
    void leavesOtherTextAlone() {
        assertThat(Html.escape("Grüße, 世界 🌍")).isEqualTo("Grüße, 世界 🌍");
        assertThat(Html.escape(null)).isEmpty();
    }
}
