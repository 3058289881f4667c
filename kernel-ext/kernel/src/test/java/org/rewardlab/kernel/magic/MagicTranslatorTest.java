package org.rewardlab.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagicTranslatorTest {

    private static final String CALL = "org.rewardlab.kernel.session.Notebook.lineMagic(";

    private final MagicTranslator translator =
            new MagicTranslator(Set.of("maven", "jars", "time")::contains, Set.of("flag")::contains, Set.of("time"));

    @Test
    void aLineMagicBecomesACall() {
        assertThat(translator.translate("%maven a:b:1 \"c d\" e\\\"f"))
                .isEqualTo(CALL + "\"maven\", java.util.List.of(\"a:b:1\", \"c d\", \"e\\\"f\"));");
        assertThat(translator.translate("int x = 1;\n  %jars lib/*.jar\nint y;"))
                .isEqualTo("int x = 1;\n  " + CALL + "\"jars\", java.util.List.of(\"lib/*.jar\"));\nint y;");
        assertThat(translator.translate("List<String> a = %jars x.jar"))
                .isEqualTo("List<String> a = " + CALL + "\"jars\", java.util.List.of(\"x.jar\"));");
        assertThat(translator.translate("%maven it's:one:1\n%maven b:c:2"))
                .isEqualTo(CALL + "\"maven\", java.util.List.of(\"it's:one:1\"));\n" + CALL
                        + "\"maven\", java.util.List.of(\"b:c:2\"));");
        assertThat(translator.translate("%time f(\"a  b\")"))
                .isEqualTo(CALL + "\"time\", java.util.List.of(\"f(\\\"a  b\\\")\"));");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int r = 17\n    % 5;",
                "int r = 17\n    %five;",
                "String s = \"\"\"\n%maven a:b:1\n\"\"\";",
                "// see\n// %maven a:b:1",
                "/*\n%maven a:b:1\n*/",
                "String s = \"a\" + \"= %maven b\";",
                "System.out.printf(\"%d%n\", 3 %2);",
                "x %= 3;",
                "boolean b = !flag;\n!flag",
                "boolean ready = true;\n!ready",
                "boolean ready() { return false; }\n!ready()",
                "if (a\n    != b) { }"
            })
    void whatIsJavaStaysAsItIs(String java) {
        assertThat(translator.translate(java)).isEqualTo(java);
    }

    @Test
    void aCellMagicTakesTheRest() {
        assertThat(translator.cellMagic("%%time a \"b c\"\nint x;\nx"))
                .contains(new MagicCall("time", List.of("a", "b c"), "int x;\nx"));
        assertThat(translator.cellMagic("\n %%time\n1")).contains(new MagicCall("time", List.of(), "1"));
        assertThat(translator.cellMagic("int x;\n%%time")).isEmpty();
    }

    @Test
    void whatHelpIsAskedForKeepsItsPlaces() {
        assertThat(translator.blanked("List<String> a = %jars x.jar\na.si"))
                .isEqualTo("List<String> a = null;      \na.si");
        assertThat(translator.blanked("%time a.si")).isEqualTo("      a.si");
        assertThat(translator.blanked("%%time\n!ls it's\n%maven b\n'c'")).isEqualTo("      \n        \n        \n'c'");
        for (String java : new String[] {"int r = 17\n% 5;", "boolean b = true;\n!b", "x %= 3;"}) {
            assertThat(translator.blanked(java)).isEqualTo(java);
        }
    }

    @Test
    void aCommandBecomesACall() {
        assertThat(translator.translate("// echo = 1\nimport echo.x;\n!echo 1\n!echo 2"))
                .isEqualTo("// echo = 1\nimport echo.x;\n" + CALL + "\"!\", java.util.List.of(\"echo 1\"));\n" + CALL
                        + "\"!\", java.util.List.of(\"echo 2\"));");
        assertThat(translator.translate("!ls -l | wc")).isEqualTo(CALL + "\"!\", java.util.List.of(\"ls -l | wc\"));");
    }
}
