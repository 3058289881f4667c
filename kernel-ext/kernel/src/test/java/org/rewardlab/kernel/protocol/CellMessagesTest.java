package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.data;
import static org.rewardlab.kernel.protocol.ServedKernel.json;
import static org.rewardlab.kernel.protocol.ServedKernel.status;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Incoming;

/** Cells over the wire: what they count, show, print and ask. */
class CellMessagesTest extends WithKernel {

    private static String result(String code) {
        return data(client.execute(code).first("execute_result"))
                .get("text/plain")
                .getAsString();
    }

    private static int count(Answer answer) {
        return answer.reply().content().get("execution_count").getAsInt();
    }

    @Test
    void onlyStoredCellsCount() {
        int before = count(client.execute("1"));
        Answer unstored = client.execute("2", json("store_history", false));
        assertThat(data(unstored.first("execute_result")).get("text/plain").getAsString())
                .isEqualTo("2");
        assertThat(count(unstored)).isEqualTo(before);
        assertThat(count(client.execute("3", json("silent", true)))).isEqualTo(before);
        Answer failed = client.execute("1 / 0", json("silent", true));
        assertThat(status(failed)).isEqualTo("error");
        assertThat(failed.types()).doesNotContain("execute_input", "execute_result");
        Answer next = client.execute("4");
        assertThat(count(next)).isEqualTo(before + 1);
        for (String type : List.of("execute_input", "execute_result")) {
            assertThat(next.first(type).content().get("execution_count").getAsInt())
                    .isEqualTo(before + 1);
        }
        assertThat(next.first("execute_input").text("code")).isEqualTo("4");
        assertThat(count(client.execute("1 / 0"))).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n\t\n",
                "// a remark",
                "/* a remark */",
                "5;",
                "int shown = 5",
                "int[] several = {1}",
                "final String said = \"a\"",
                "double one = 1, two = 2",
                "var last = 3 // with a remark",
                "var last = 3 // with a remark;",
                "import java.util.Map",
                "int shown = 5; shown = 6",
                "void nothing() { } nothing()",
                "System.out.println()",
                "import java.util.List;",
                "class Empty { }",
                "for (int i = 0; i < 2; i++) { }"
            })
    void whatIsNoLastExpressionShowsNothing(String code) {
        Answer answer = client.execute(code);
        assertThat(status(answer)).isEqualTo("ok");
        assertThat(answer.all("execute_result")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/* a */ 5 // b | 5",
                "int grösse = 3; grösse * 2 | 6",
                "(String) null | null",
                "new int[] {1, 2, 3} | [1, 2, 3]",
                "record P(int a, String b) { } new P(1, \"x\") | P[a=1, b=x]",
                "<T> T same(T x) { return x; } same(\"g\") | g",
                "\"%maven\" + 17 % 5 | %maven2"
            })
    void theLastExpressionIsShownAsText(String code, String text) {
        assertThat(result(code)).isEqualTo(text);
    }

    @Test
    void everyBundleHasPlainText() {
        Answer answer = client.execute("display(\"<b>x</b>\", \"text/html\"); render(\"<i>y</i>\", \"text/html\")");
        for (Incoming message : List.of(answer.first("display_data"), answer.first("execute_result"))) {
            assertThat(data(message).keySet()).contains("text/html", "text/plain");
            assertThat(message.content().get("metadata").isJsonObject()).isTrue();
        }
        String id = result("display(1)");
        Answer updated = client.execute("updateDisplay(\"" + id + "\", \"<b>2</b>\", \"text/html\");");
        assertThat(data(updated.first("update_display_data")).keySet()).contains("text/html", "text/plain");
    }

    @Test
    void textDisplaysAndFailuresKeepTheirOrder() {
        Answer answer = client.execute("System.out.print(\"a\"); System.err.print(\"b\"); display(1);"
                + " System.out.print(\"c\\rd\"); throw new Error(\"e\");");
        assertThat(answer.types())
                .containsExactly(
                        "status", "execute_input", "stream", "stream", "display_data", "stream", "error", "status");
        assertThat(answer.all("stream"))
                .extracting(message -> message.text("name") + message.text("text"))
                .containsExactly("stdouta", "stderrb", "stdoutc\rd");
    }

    @Test
    void aCharacterInPiecesIsSentWhole() {
        Answer answer = client.execute(
                "for (byte b : \"\\ud83d\\ude00\".getBytes(\"UTF-8\")) { System.out.write(b); System.out.flush(); Thread.sleep(40); }");
        assertThat(answer.all("stream")).extracting(m -> m.text("text")).containsExactly("\ud83d\ude00");
    }

    @Test
    void loggersOfTheJdkWriteToTheCell() {
        assertThat(client.execute("java.util.logging.Logger.getLogger(\"x\").warning(\"from a logger\");")
                        .text("stderr"))
                .contains("from a logger");
    }

    @Test
    void expressionsOfTheUserAreBundlesOrErrors() {
        JsonObject more = new JsonObject();
        more.add("user_expressions", JsonParser.parseString("{\"good\": \"2 * 21\", \"bad\": \"1 / 0\"}"));
        JsonObject results = client.execute("1", more).reply().content().getAsJsonObject("user_expressions");
        assertThat(results.get("good"))
                .isEqualTo(JsonParser.parseString(
                        "{\"status\": \"ok\", \"data\": {\"text/plain\": \"42\"}, \"metadata\": {}}"));
        assertThat(results.getAsJsonObject("bad").keySet())
                .containsExactlyInAnyOrder("status", "ename", "evalue", "traceback");
        assertThat(client.execute("1 / 0", more).reply().content().get("user_expressions"))
                .isEqualTo(new JsonObject());
    }

    @Test
    void expressionsAreEvaluatedInTheirOrderAfterASilentCellToo() {
        JsonObject more = json("silent", true);
        more.add(
                "user_expressions",
                JsonParser.parseString("{\"z\": \"List.of(turn++)\", \"y\": \"turn *= 5\", \"a\": \"turn + 1\"}"));
        Answer answer = client.execute("int turn = 3;", more);
        assertThat(answer.types()).containsExactly("status", "status");
        JsonObject results = answer.reply().content().getAsJsonObject("user_expressions");
        assertThat(results.keySet()).containsExactly("z", "y", "a");
        assertThat(results.keySet())
                .extracting(name -> results.getAsJsonObject(name)
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .containsExactly("[3]", "20", "21");
    }

    @Test
    void aSilentFailureLeavesTheQueueOfTheUserAlone() {
        JsonObject silent = json("silent", true);
        silent.addProperty("stop_on_error", true);
        client.startExecute("Thread.sleep(300);", new JsonObject());
        String failing = client.startExecute("1 / 0", silent);
        String users = client.startExecute("5", new JsonObject());
        assertThat(client.await(failing).reply().text("status")).isEqualTo("error");
        assertThat(client.await(users).reply().text("status")).isEqualTo("ok");
    }

    @Test
    void severalTypesAreShownAndUpdated() {
        String id = result("display(\"<b>x</b>\", \"text/html\", \"text/markdown\")");
        Answer updated = client.execute("updateDisplay(\"" + id + "\", \"y\", \"text/latex\", \"text/html\");");
        assertThat(data(updated.first("update_display_data")).toString())
                .isEqualTo("{\"text/plain\":\"y\",\"text/latex\":\"y\",\"text/html\":\"y\"}");
    }

    @Test
    void anAnswerThatComesAfterAnInterruptIsNotTakenForTheNextOne() {
        String given = client.startExecute("new Scanner(System.in).nextLine()", json("allow_stdin", true));
        client.inputRequest();
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(client.await(given).reply().text("ename")).isEqualTo("java.lang.InterruptedException");
        client.answerInput("late");
        String next = client.startExecute("new Scanner(System.in).nextLine()", json("allow_stdin", true));
        client.inputRequest();
        client.answerInput("in time");
        assertThat(client.await(next).first("execute_result").content().toString())
                .contains("in time");
    }

    @Test
    void anAddressIsALink() {
        JsonObject shown =
                data(client.execute("new URL(\"https://example.org/?a=1&b\")").first("execute_result"));
        assertThat(shown.get("text/html").getAsString())
                .isEqualTo("<a href=\"https://example.org/?a=1&amp;b\">https://example.org/?a=1&amp;b</a>");
        assertThat(shown.get("text/plain").getAsString()).isEqualTo("https://example.org/?a=1&b");
    }

    @Test
    void theKernelTellsOfItselfOnControlWhileACellLoops() throws Exception {
        String loop = client.startExecute("while (true) { }", new JsonObject());
        Thread.sleep(400);
        long start = System.nanoTime();
        assertThat(client.controlRequest("kernel_info_request", new JsonObject())
                        .text("status"))
                .isEqualTo("ok");
        assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(client.await(loop).reply().text("status")).isEqualTo("error");
    }

    @Test
    void aMistakeOfSyntaxGivesUpTheQueueToo() {
        client.startExecute("Thread.sleep(300);", new JsonObject());
        String first = client.startExecute("no such thing;", new JsonObject());
        String second = client.startExecute("1", new JsonObject());
        assertThat(client.await(first).reply().text("status")).isEqualTo("error");
        assertThat(client.await(second).reply().text("status")).isEqualTo("aborted");
        assertThat(result("2")).isEqualTo("2");
    }

    @Test
    void requestsOfOtherKindsAreServedThoughACellBeforeThemFailed() {
        String failing = client.startExecute("Thread.sleep(300); throw new Error();", new JsonObject());
        String info = client.start("comm_info_request", new JsonObject());
        assertThat(client.await(failing).reply().text("status")).isEqualTo("error");
        assertThat(client.await(info).reply().text("status")).isEqualTo("ok");
    }

    @Test
    void everyLineIsAskedForWithWhatStandsBeforeIt() {
        String id = client.startExecute(
                "System.out.print(\"50%\\rName: \"); var in = new Scanner(System.in); String one = in.nextLine();\n"
                        + "System.out.println(\"hello\"); String two = in.nextLine(); one + two",
                json("allow_stdin", true));
        Incoming first = client.inputRequest();
        assertThat(first.text("prompt")).isEqualTo("Name: ");
        assertThat(first.content().get("password").getAsBoolean()).isFalse();
        assertThat(first.parentId()).isEqualTo(id);
        client.answerInput("Ad\u00e4 \ud83d\ude00");
        assertThat(client.inputRequest().text("prompt")).isEmpty();
        client.answerInput("Bob");
        assertThat(data(client.await(id).first("execute_result"))
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("Ad\u00e4 \ud83d\ude00Bob");
        Answer none = client.execute("new Scanner(System.in).nextLine()", json("allow_stdin", false));
        assertThat(none.first("error").text("ename")).isEqualTo("java.util.NoSuchElementException");
    }

    @Test
    void longTextsAreCutWithAWord() {
        assertThat(result("\"x\".repeat(3_000_000)").length()).isBetween(900_000, 1_100_000);
        Answer lines = client.execute("for (int i = 0; i < 80_000; i++) System.out.println(i);");
        assertThat(lines.text("stdout").lines().count()).isBetween(50_000L, 50_010L);
        assertThat(lines.text("stdout"))
                .containsPattern("output cut after 50,000 lines, [\\d,]+ bytes; the full text: \\S+[.]txt]");
        assertThat(lines.text("stderr")).contains("more lines");
    }

    @Test
    void anInterruptGivesUpTheCellsThatWait() throws Exception {
        String loop = client.startExecute("while (true) { }", new JsonObject());
        String waiting = client.startExecute("System.out.println(1);", new JsonObject());
        Thread.sleep(400);
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(client.await(loop).reply().text("ename")).isEqualTo("java.lang.InterruptedException");
        assertThat(client.await(waiting).reply().text("status")).isEqualTo("aborted");
        assertThat(result("3")).isEqualTo("3");
    }
}
