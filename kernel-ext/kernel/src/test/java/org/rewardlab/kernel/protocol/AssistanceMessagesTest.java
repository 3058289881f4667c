package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Completion, inspection and completeness over the wire. */
class AssistanceMessagesTest extends WithKernel {

    @BeforeAll
    static void prepare() {
        client.execute("int someVeryLongName = 7;");
    }

    /** The request for code in which a bar stands at the cursor. */
    private static JsonObject at(String code) {
        int cursor = code.indexOf('|');
        JsonObject content = json("code", code.replace("|", ""));
        content.addProperty("cursor_pos", code.codePointCount(0, cursor));
        return content;
    }

    private static JsonObject completion(String code) {
        return client.request("complete_request", at(code)).reply().content();
    }

    private static List<String> matches(String code) {
        List<String> matches = new ArrayList<>();
        completion(code).getAsJsonArray("matches").forEach(match -> matches.add(match.getAsString()));
        return matches;
    }

    @Test
    void whatIsReplacedIsCountedInCodePoints() {
        JsonObject emoji = completion("String s = \"\ud83d\ude00\"; s.len|");
        assertThat(emoji.getAsJsonArray("matches").toString()).isEqualTo("[\"length()\"]");
        assertThat(emoji.get("cursor_start").getAsInt()).isEqualTo(18);
        assertThat(emoji.get("cursor_end").getAsInt()).isEqualTo(21);
        JsonObject middle = completion("\"a\".isEm| + 1");
        assertThat(middle.getAsJsonArray("matches").toString()).isEqualTo("[\"isEmpty()\"]");
        assertThat(middle.get("cursor_start").getAsInt()).isEqualTo(4);
        assertThat(middle.get("cursor_end").getAsInt()).isEqualTo(8);
    }

    @Test
    void namesMembersMagicsAndPathsAreCompleted() {
        assertThat(matches("someVery|")).containsExactly("someVeryLongName");
        assertThat(matches("Sys|")).contains("System");
        assertThat(matches("var l = new ArrayList<String>();\nl.ad|")).contains("addAll(");
        assertThat(matches("%ma|")).contains("maven", "mavenRepo");
        assertThat(matches("%%ti|")).contains("time");
        assertThat(matches("%load po|")).contains("pom.xml");
        List<String> members = matches("\"abc\".|");
        assertThat(members.indexOf("length()")).isBetween(0, members.indexOf("wait(") - 1);
    }

    @Test
    void nothingFoundIsNoFailure() {
        for (String code : List.of("zzqq|", "|", "// a remark |", "int x = 1;|", "\"text |", ")|", "%zzz|")) {
            JsonObject content = completion(code);
            assertThat(content.get("status").getAsString()).as(code).isEqualTo("ok");
            assertThat(content.get("cursor_start").getAsInt())
                    .as(code)
                    .isLessThanOrEqualTo(content.get("cursor_end").getAsInt());
        }
        assertThat(matches("zzqq|")).isEmpty();
    }

    @Test
    void eachMatchHasItsKind() {
        JsonObject content = completion("String t = \"\"; t.l|");
        List<JsonElement> types = content.getAsJsonObject("metadata")
                .getAsJsonArray("_jupyter_types_experimental")
                .asList();
        assertThat(types).hasSameSizeAs(content.getAsJsonArray("matches"));
        for (JsonElement each : types) {
            assertThat(each.getAsJsonObject().keySet()).contains("text", "type", "signature", "start", "end");
            assertThat(each.getAsJsonObject().get("start")).isEqualTo(content.get("cursor_start"));
            assertThat(each.getAsJsonObject().get("end")).isEqualTo(content.get("cursor_end"));
        }
        assertThat(types.toString()).contains("\"text\":\"length()\",\"type\":\"function\"");
    }

    @Test
    void completionsWaitForTheCell() {
        String cell = client.startExecute("Thread.sleep(500); int afterwardsThere = 1;", new JsonObject());
        String question = client.start("complete_request", at("afterwardsTh|"));
        assertThat(client.await(cell).reply().text("status")).isEqualTo("ok");
        assertThat(client.await(question)
                        .reply()
                        .content()
                        .getAsJsonArray("matches")
                        .toString())
                .isEqualTo("[\"afterwardsThere\"]");
    }

    @Test
    void aCompletionThatWaitedLongIsGivenUpForANewerOne() {
        String cell = client.startExecute("Thread.sleep(2_400);", new JsonObject());
        String older = client.start("complete_request", at("someVery|"));
        String newer = client.start("complete_request", at("someVeryL|"));
        client.await(cell);
        JsonObject given = client.await(older).reply().content();
        assertThat(given.get("status").getAsString()).isEqualTo("ok");
        assertThat(given.getAsJsonArray("matches")).isEmpty();
        assertThat(given.get("cursor_start")).isEqualTo(given.get("cursor_end"));
        JsonObject answered = client.await(newer).reply().content();
        assertThat(answered.getAsJsonArray("matches").toString()).isEqualTo("[\"someVeryLongName\"]");
    }

    @Test
    void completionsThatWaitedAShortTimeAreAllAnswered() {
        String cell = client.startExecute("Thread.sleep(300);", new JsonObject());
        String older = client.start("complete_request", at("someVery|"));
        String newer = client.start("complete_request", at("someVeryL|"));
        client.await(cell);
        for (String question : List.of(older, newer)) {
            assertThat(client.await(question).reply().content().getAsJsonArray("matches"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "%maven a:b:1\\nsomeVery|#someVeryLongName#13",
                "List<String> l = %jars x/*.jar\\nl.siz|#size()#33",
                "%%time\\nsomeVery|#someVeryLongName#7",
                "%time someVery|#someVeryLongName#6",
                "!echo it's\\nsomeVery|#someVeryLongName#11",
                "int late = 1;\\n%time late\\nlat|#late#25",
                "List<String> l = %ja|#jars#18"
            })
    void whatStandsAroundMagicsIsCompleted(String code, String match, int start) {
        JsonObject content = completion(code.replace("\\n", "\n"));
        assertThat(content.getAsJsonArray("matches").toString()).isEqualTo("[\"" + match + "\"]");
        assertThat(content.get("cursor_start").getAsInt()).isEqualTo(start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%maven a.b|", "%%bash -x|", "!l|", "// someVery|", "/* someVery|", "char c = 's|"})
    void whereThereIsNoJavaNothingIsOffered(String code) {
        assertThat(matches(code)).isEmpty();
    }

    private static JsonObject inspection(String code, int detail) {
        JsonObject content = at(code);
        content.addProperty("detail_level", detail);
        return client.request("inspect_request", content).reply().content();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "someVeryLong|Name;int someVeryLongName = 7",
                "Math.ab|s;Math.abs(",
                "\"abc\".substring(|;int beginIndex",
                "Str|ing;String",
                "%time someVeryLong|Name;int someVeryLongName = 7",
                "%maven a:b:1\\n\"abc\".subst|ring(1);int beginIndex"
            })
    void whatAnameMeansIsSaidAsTextAndMarkdown(String code, String text) {
        for (int detail : new int[] {0, 1}) {
            JsonObject content = inspection(code.replace("\\n", "\n"), detail);
            assertThat(content.get("found").getAsBoolean()).isTrue();
            JsonObject data = content.getAsJsonObject("data");
            assertThat(data.get("text/plain").getAsString()).contains(text);
            assertThat(data.get("text/markdown").getAsString()).startsWith("```java");
            assertThat(content.has("metadata")).isTrue();
        }
    }

    @Test
    void anUnknownNameIsNotFound() {
        for (String code : List.of("zzqq|", "|", "1 + |")) {
            JsonObject content = inspection(code, 0);
            assertThat(content.get("status").getAsString()).isEqualTo("ok");
            assertThat(content.get("found").getAsBoolean()).as(code).isFalse();
            assertThat(content.getAsJsonObject("data").keySet()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1 + 1|complete",
                "int x = 1;|complete",
                "int x = 1|complete",
                "``|complete",
                "// a remark|complete",
                "class A { int f() { return 1; } }|complete",
                "%maven a:b:c|complete",
                "!ls|complete",
                "// a remark\\n%maven a:b:c|complete",
                "int x = 1;\\n%time x|complete",
                "List<String> l = %jars x/*.jar|complete",
                "%%time\\nfor (;;) {|complete",
                "17\\n% 5|complete",
                "String s = \"\"\"\\n  { (\\n  \"\"\";|complete",
                "// {|complete",
                "/* ( */|complete",
                "%maven a:b:c\\nif (true) {|incomplete",
                "%time foo(|incomplete",
                "if (true) {|incomplete",
                "for (;;)|incomplete",
                "foo(|incomplete",
                "int x = 1 +|incomplete",
                "String s = \"\"\"|incomplete",
                "/* open|incomplete",
                "int x = ;|invalid",
                ")|invalid",
                "\"abc|invalid"
            })
    void completenessIsJudged(String code, String answer) {
        assertThat(client.request("is_complete_request", json("code", code.replace("\\n", "\n")))
                        .reply()
                        .text("status"))
                .isEqualTo(answer);
    }

    @Test
    void anIncompleteCellIsIndented() {
        JsonObject content = client.request("is_complete_request", json("code", "class A {\n    void f() {"))
                .reply()
                .content();
        assertThat(content.get("indent").getAsString()).isEqualTo("        ");
        assertThat(client.request("is_complete_request", json("code", "1"))
                        .reply()
                        .content()
                        .has("indent"))
                .isFalse();
    }
}
