package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.data;
import static org.rewardlab.kernel.protocol.ServedKernel.json;
import static org.rewardlab.kernel.protocol.ServedKernel.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Incoming;

class ProtocolTest extends WithKernel {

    @Test
    void kernelInfoIsCompleteOnShellAndControl() {
        for (Incoming reply : new Incoming[] {
            client.request("kernel_info_request", new JsonObject()).reply(),
            client.controlRequest("kernel_info_request", new JsonObject())
        }) {
            assertThat(reply.type()).isEqualTo("kernel_info_reply");
            assertThat(reply.text("status")).isEqualTo("ok");
            assertThat(reply.content()
                            .getAsJsonObject("language_info")
                            .get("name")
                            .getAsString())
                    .isEqualTo("java");
            assertThat(OffsetDateTime.parse(reply.header().get("date").getAsString()))
                    .isAfter(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1));
        }
    }

    @Test
    void aCellIsAnsweredInOrder() {
        Answer answer = client.execute("System.out.println(\"hi\");\n6 * 7");
        assertThat(answer.types()).containsExactly("status", "execute_input", "stream", "execute_result", "status");
        assertThat(data(answer.first("execute_result")).get("text/plain").getAsString())
                .isEqualTo("42");
        assertThat(answer.text("stdout")).isEqualTo("hi\n");
        assertThat(status(answer)).isEqualTo("ok");
    }

    @Test
    void aSilentCellOnlyPrints() {
        int before =
                client.execute("1").reply().content().get("execution_count").getAsInt();
        Answer answer = client.execute("System.out.println(5); 7", json("silent", true));
        assertThat(answer.types()).containsExactly("status", "stream", "status");
        Answer next = client.execute("2", json("store_history", false));
        assertThat(next.types()).contains("execute_result");
        assertThat(client.execute("3").reply().content().get("execution_count").getAsInt())
                .isEqualTo(before + 1);
    }

    @Test
    void expressionsOfTheUserAreEvaluatedAfterwards() {
        JsonObject more = new JsonObject();
        JsonObject expressions = json("good", "ue + 1");
        expressions.addProperty("bad", "nothing");
        more.add("user_expressions", expressions);
        JsonObject results =
                client.execute("int ue = 4;", more).reply().content().getAsJsonObject("user_expressions");
        assertThat(results.getAsJsonObject("good").get("status").getAsString()).isEqualTo("ok");
        assertThat(results.getAsJsonObject("good")
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("5");
        assertThat(results.getAsJsonObject("bad").get("status").getAsString()).isEqualTo("error");
    }

    @Test
    void aFailureAbortsWhatIsQueuedAndNothingLater() {
        String first =
                client.startExecute("Thread.sleep(300); throw new IllegalStateException(\"no\");", new JsonObject());
        String second = client.startExecute("1 + 1", new JsonObject());
        Answer failed = client.await(first);
        assertThat(status(failed)).isEqualTo("error");
        assertThat(failed.first("error").text("ename")).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.first("error").content().get("traceback"))
                .isEqualTo(failed.reply().content().get("traceback"));
        Answer aborted = client.await(second);
        assertThat(status(aborted)).isEqualTo("aborted");
        assertThat(aborted.types()).containsExactly("status", "status");
        assertThat(status(client.execute("1 + 1"))).isEqualTo("ok");
    }

    @Test
    void aFailureWithoutStoppingLetsTheQueueRun() {
        String first = client.startExecute("Thread.sleep(200); throw new Error();", json("stop_on_error", false));
        String second = client.startExecute("1 + 1", new JsonObject());
        assertThat(status(client.await(first))).isEqualTo("error");
        assertThat(status(client.await(second))).isEqualTo("ok");
    }

    @Test
    void aLoopIsInterruptedByMessage() throws Exception {
        String loop = client.startExecute("System.out.println(\"go\"); while (true) { }", new JsonObject());
        Thread.sleep(500);
        assertThat(client.controlRequest("interrupt_request", new JsonObject()).text("status"))
                .isEqualTo("ok");
        assertThat(status(client.await(loop))).isEqualTo("error");
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(status(client.execute("Thread.sleep(20); 1"))).isEqualTo("ok");
    }

    @Test
    void completionCountsCodePointsAndNeverFails() {
        Answer answer = client.request("complete_request", completion("String s = \"\uD83D\uDE00\"; s.len"));
        assertThat(answer.reply().content().getAsJsonArray("matches").toString())
                .contains("length()");
        assertThat(answer.reply().content().get("cursor_start").getAsInt()).isEqualTo("String s = \"x\"; s.".length());
        Answer none = client.request("complete_request", completion("zzzzqq"));
        assertThat(status(none)).isEqualTo("ok");
        assertThat(none.reply().content().getAsJsonArray("matches")).isEmpty();
        assertThat(client.request("complete_request", completion("%ti"))
                        .reply()
                        .content()
                        .getAsJsonArray("matches")
                        .toString())
                .contains("time");
    }

    private static JsonObject completion(String code) {
        JsonObject content = json("code", code);
        content.addProperty("cursor_pos", code.codePointCount(0, code.length()));
        return content;
    }

    @Test
    void inspectionShowsVariablesAndDocumentation() {
        client.execute("int inspected = 42;");
        Answer variable = client.request("inspect_request", completion("inspected"));
        assertThat(variable.reply().content().get("found").getAsBoolean()).isTrue();
        assertThat(data(variable.reply()).get("text/plain").getAsString())
                .contains("int")
                .contains("42");
        Answer method = client.request("inspect_request", completion("\"abc\".substring"));
        assertThat(data(method.reply()).get("text/plain").getAsString()).contains("substring(int beginIndex");
        Answer nothing = client.request("inspect_request", completion("zzqq"));
        assertThat(nothing.reply().content().get("found").getAsBoolean()).isFalse();
        assertThat(status(nothing)).isEqualTo("ok");
    }

    @Test
    void completenessIsJudged() {
        assertThat(completeness("int x = 1;")).isEqualTo("complete");
        assertThat(completeness("1 + 1")).isEqualTo("complete");
        assertThat(completeness("for (int i = 0; i < 3; i++) {")).isEqualTo("incomplete");
        assertThat(completeness("int x = ;")).isEqualTo("invalid");
        assertThat(completeness("%maven a:b:1")).isEqualTo("complete");
        assertThat(client.request("is_complete_request", json("code", "if (true) {"))
                        .reply()
                        .text("indent"))
                .isEqualTo("    ");
    }

    private static String completeness(String code) {
        return client.request("is_complete_request", json("code", code)).reply().text("status");
    }

    @Test
    void historyIsAnswered() {
        client.execute("int h1 = 1;");
        client.execute("h1 + 1");
        JsonObject tail = json("hist_access_type", "tail");
        tail.addProperty("n", 2);
        tail.addProperty("output", true);
        JsonArray entries =
                client.request("history_request", tail).reply().content().getAsJsonArray("history");
        assertThat(entries).hasSize(2);
        assertThat(entries.get(1).getAsJsonArray().get(2).toString()).isEqualTo("[\"h1 + 1\",\"2\"]");
        JsonObject search = json("hist_access_type", "search");
        search.addProperty("pattern", "int h1*");
        search.addProperty("n", 5);
        search.addProperty("unique", true);
        assertThat(client.request("history_request", search).reply().content().getAsJsonArray("history"))
                .hasSize(1);
    }

    @Test
    void displaysAreShownUpdatedAndCleared() {
        Answer answer = client.execute("String d = display(\"a\"); updateDisplay(d, \"b\"); clearOutput(true);");
        String id = answer.first("display_data")
                .content()
                .getAsJsonObject("transient")
                .get("display_id")
                .getAsString();
        assertThat(answer.first("update_display_data")
                        .content()
                        .getAsJsonObject("transient")
                        .get("display_id")
                        .getAsString())
                .isEqualTo(id);
        assertThat(answer.first("clear_output").content().get("wait").getAsBoolean())
                .isTrue();
    }

    @Test
    void inputIsAskedForWithThePromptOnTheLine() {
        String id = client.startExecute(
                "System.out.print(\"Name: \"); String name = new Scanner(System.in).nextLine(); name.length()",
                json("allow_stdin", true));
        assertThat(client.inputRequest().text("prompt")).isEqualTo("Name: ");
        client.answerInput("Grace");
        Answer answer = client.await(id);
        assertThat(data(answer.first("execute_result")).get("text/plain").getAsString())
                .isEqualTo("5");
        Answer none = client.execute("System.in.read()", json("allow_stdin", false));
        assertThat(data(none.first("execute_result")).get("text/plain").getAsString())
                .isEqualTo("-1");
    }

    @Test
    void anInterruptEndsTheWaitForInput() {
        String id = client.startExecute("new Scanner(System.in).nextLine()", json("allow_stdin", true));
        client.inputRequest();
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(client.await(id).reply().text("ename")).isEqualTo("java.lang.InterruptedException");
        assertThat(status(client.execute("1"))).isEqualTo("ok");
    }

    @Test
    void nonsenseIsDroppedAndTheKernelLives() {
        String header = "{\"msg_id\":\"1\",\"msg_type\":\"kernel_info_request\"}";
        client.sendRaw("00", header, "{}", "{}", "{}");
        client.sendRaw(TestClient.sign("[", "{}", "{}", "{}"), "[", "{}", "{}", "{}");
        client.sendRaw(TestClient.sign(header), header);
        String unknown = "{\"msg_id\":\"2\",\"msg_type\":\"never_heard_of\"}";
        client.sendRaw(TestClient.sign(unknown, "{}", "{}", "{}"), unknown, "{}", "{}", "{}");
        assertThat(status(client.execute("1"))).isEqualTo("ok");
        assertThat(client.beats()).isTrue();
    }

    @Test
    void outputOfAThreadThatOutlivesItsCellBelongsToItsCell() {
        String id = client.startExecute(
                "new Thread(() -> { try { Thread.sleep(400); } catch (Exception e) { } System.out.println(\"late\"); }).start();",
                new JsonObject());
        client.await(id);
        Incoming late = Objects.requireNonNull(client.nextBroadcast(5_000), "nothing arrived");
        assertThat(late.text("text")).isEqualTo("late\n");
        assertThat(late.parentId()).isEqualTo(id);
    }

    @Test
    void manyLinesArriveInFewMessages() {
        Answer answer = client.execute("for (int i = 0; i < 10000; i++) System.out.println(i);");
        assertThat(answer.text("stdout").lines()).hasSize(10_000);
        assertThat(answer.published()).hasSizeLessThan(200);
    }

    @Test
    void shutdownIsAnsweredAndEndsTheProcess() throws Exception {
        int before = kernel.exits();
        assertThat(client.controlRequest("shutdown_request", json("restart", true))
                        .content()
                        .get("restart")
                        .getAsBoolean())
                .isTrue();
        for (int i = 0; i < 500 && kernel.exits() == before; i++) {
            Thread.sleep(10);
        }
        assertThat(kernel.exits()).isEqualTo(before + 1);
    }
}
