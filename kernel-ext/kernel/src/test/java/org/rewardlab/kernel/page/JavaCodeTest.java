package org.rewardlab.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCodeTest {
    private static String plain(String html) {
        return html.replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "'",
                "\"\"\"",
                "/*",
                "//",
                "@",
                "%",
                "%%",
                "!ls -l",
                "\"\\",
                "'\\'",
                "a % b\n%time x()",
                "1e-5 + 0x1e-5",
                "List<Map<String, int[]>> x = a && b ? \"<&>\" : '\"';",
                "/* a */ // b\n\"\"\"\n \\\"\"\" x\"\"\"",
                "über.größe()"
            })
    void noCharacterIsLostOrAdded(String source) {
        assertThat(plain(JavaCode.highlight(source))).isEqualTo(source);
    }

    @Test
    void eachKindOfWordHasItsClass() {
        String html =
                JavaCode.highlight("@Override public record Pair(String a) { int MAX = f(0x1F, \"s\", 'c'); } // end");

        assertThat(html)
                .contains("<span class=\"a\">@Override</span>")
                .contains("<span class=\"k\">public</span>")
                .contains("<span class=\"k\">record</span>")
                .contains("<span class=\"t\">Pair</span>")
                .contains("<span class=\"m\">f</span>")
                .contains("<span class=\"n\">0x1F</span>")
                .contains("<span class=\"s\">&quot;s&quot;</span>")
                .contains("<span class=\"s\">'c'</span>")
                .contains("<span class=\"c\">// end</span>")
                .contains(" MAX ");
    }

    @Test
    void magicsAreMarkedOnlyWhereTheyAreMagics() {
        assertThat(JavaCode.highlight("  %maven a:b:1\nint x = 7\n % 5;"))
                .contains("<span class=\"g\">%maven a:b:1</span>")
                .contains(" % <span class=\"n\">5</span>");
        assertThat(JavaCode.highlight("%%bash\necho \"if\""))
                .isEqualTo("<span class=\"g\">%%bash</span>\necho &quot;if&quot;");
        assertThat(JavaCode.highlight("\"\"\"\n%time\n\"\"\"")).doesNotContain("class=\"g\"");
    }
}
