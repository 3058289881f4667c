package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.data;
import static org.rewardlab.kernel.protocol.ServedKernel.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.kernel.protocol.TestClient.Answer;

/** Cells that fail: what the report says, and of which line. */
class CellFailuresTest extends WithKernel {

    @Test
    void aClassThatFailedToInitializeIsNotSaidToBeMissing() {
        client.execute("class Broken { static int once = 1 / 0; }");
        client.execute("Broken.once");
        String report = client.execute("Broken.once")
                .first("error")
                .content()
                .getAsJsonArray("traceback")
                .toString();
        assertThat(report).contains("see the first failure").doesNotContain("REPL", "missing");
    }

    @Test
    void aThreadThatDiesWhileItsStatementRunsIsReportedWithItsLine() {
        Answer answer = client.execute("""
                int one = 1;
                new Object() {
                    int run() throws Exception {
                        Thread thread = new Thread(() -> {
                            throw new IllegalStateException("in the background");
                        });
                        thread.start();
                        thread.join();
                        return one;
                    }
                }.run()""");
        assertThat(status(answer)).isEqualTo("ok");
        assertThat(answer.text("stderr"))
                .contains("java.lang.IllegalStateException", "in the background")
                .containsPattern("    at In \\[\\d+] lambda\\(\\), line 5\n")
                .doesNotContain("JShell", "do_it", "REPL");
        Answer statement = client.execute(
                "int two = 2;\nnew Thread(() -> { throw new IllegalStateException(); }).start(); Thread.sleep(300);");
        assertThat(statement.text("stderr")).containsPattern("    at In \\[\\d+] lambda\\(\\), line 2\n");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`System.out.print(7);\nSystem.out.print(1 / 0);`, 2",
                "`int one = 1;\nSystem.out.print(7);\nSystem.out.print(one / 0);`, 3",
                "`int one = 1;\n\n  System.out.print(7);\n\n  System.out.print(one / 0);\n`, 5",
                "`int one = 1; System.out.print(7);\nSystem.out.print(one / 0); one++;`, 2",
                "`int one = 1; System.out.print(7); System.out.print(one / 0);`, 1",
                "`System.out.print(7);\nfor (int i = 0; i < 2; i++) {\n  System.out.print(i / 0);\n}\nint one = 1;`, 3",
            })
    void statementsThatRunTogetherFailOnTheirOwnLine(String code, int line) {
        assertThat(client.execute(code)
                        .first("error")
                        .content()
                        .get("traceback")
                        .toString())
                .containsPattern("In \\[\\d+], line " + line + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new RuntimeException(\"x\".repeat(3_000_000));",
                "throw new RuntimeException(\"short\", new RuntimeException(\"x\".repeat(3_000_000)));",
                "throw new RuntimeException(\"\ud83d\ude00\".repeat(1_500_000));",
                "Exception many = null;\n"
                        + "for (int i = 0; i < 40; i++) many = new Exception(\"y\".repeat(90_000), many);\nthrow many;",
            })
    void longMessagesOfFailuresAreCutWithAWord(String code) {
        Answer answer = client.execute(code);
        JsonObject error = answer.first("error").content();
        assertThat(error.get("evalue").getAsString().length()).isBetween(5, 100_100);
        assertThat(error.get("evalue").getAsString().codePoints()).noneMatch(c -> c >= 0xD800 && c < 0xE000);
        assertThat(error.get("traceback").toString().length()).isBetween(100_000, 1_300_000);
        assertThat(error.get("traceback").toString()).contains(" left out ...]");
        assertThat(answer.reply().content().get("traceback")).isEqualTo(error.get("traceback"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "int[] two = new int[2]; two[3] = 1; | java.lang.ArrayIndexOutOfBoundsException | Index 3",
                "class Own extends RuntimeException { Own(String m) { super(m); } } throw new Own(\"boo\"); | Own | boo",
                "throw new Exception(); | java.lang.Exception | ``",
                "int x = ; | CompilationException | illegal start",
                "# | CompilationException | illegal character",
                "Strin s = null; | CompilationException | cannot find symbol",
                "int deep(int i) { return deep(i + 1) + 1; } deep(0) | java.lang.StackOverflowError | ``",
                "System.exit(0); | java.lang.SecurityException | restart",
                "%nosuchmagic | org.rewardlab.kernel.magic.UnknownMagicException | %nosuchmagic"
            })
    void aFailureIsToldInTheReplyAndToAll(String code, String name, String message) {
        Answer answer = client.execute(code);
        assertThat(answer.types()).containsExactly("status", "execute_input", "error", "status");
        JsonObject error = answer.first("error").content();
        assertThat(error.get("ename").getAsString()).startsWith(name);
        assertThat(error.get("evalue").getAsString()).contains(message);
        JsonArray traceback = error.getAsJsonArray("traceback");
        assertThat(traceback).hasSizeBetween(1, 80);
        for (JsonElement line : traceback) {
            assertThat(line.getAsString())
                    .doesNotContain("REPL.", "do_it$", "jdk.jshell")
                    .doesNotContainPattern("\u001b\\[[0-9;]*\\b(30|37|4\\d|97|10\\d)m");
        }
        assertThat(status(answer)).isEqualTo("error");
        for (String field : List.of("ename", "evalue", "traceback")) {
            assertThat(answer.reply().content().get(field)).isEqualTo(error.get(field));
        }
        assertThat(data(client.execute("1 + 1").first("execute_result"))
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("2");
    }
}
