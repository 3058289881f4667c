package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.status;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Channel;
import org.rewardlab.kernel.protocol.TestClient.Incoming;

/** What holds for every message: its place between busy and idle, its parent, its header; and requests that are odd. */
class MessagesTest extends WithKernel {

    private static JsonObject parsed(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }

    private static void isBetweenBusyAndIdle(List<Incoming> published) {
        assertThat(published.get(0).text("execution_state")).isEqualTo("busy");
        assertThat(published.get(published.size() - 1).text("execution_state")).isEqualTo("idle");
        assertThat(published.stream().filter(m -> m.type().equals("status"))).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "kernel_info | {}",
                "execute | {\"code\": \"1\"}",
                "execute | {\"code\": \"1 / 0\"}",
                "complete | {\"code\": \"Sys\", \"cursor_pos\": 3}",
                "inspect | {\"code\": \"String\", \"cursor_pos\": 6, \"detail_level\": 0}",
                "is_complete | {\"code\": \"1\"}",
                "history | {\"hist_access_type\": \"tail\", \"n\": 3, \"output\": false, \"raw\": true}",
                "comm_info | {}",
                "connect | {}",
                "interrupt | {}"
            })
    void everyRequestIsAnsweredBetweenBusyAndIdle(String name, String content) {
        Answer answer = client.request(name + "_request", parsed(content));
        assertThat(answer.reply().type()).isEqualTo(name + "_reply");
        assertThat(status(answer)).isIn("ok", "error", "complete");
        isBetweenBusyAndIdle(answer.published());
    }

    @ParameterizedTest
    @CsvSource({"kernel_info", "interrupt", "debug"})
    void soItIsOnTheControlChannel(String name) {
        Incoming reply = client.controlRequest(name + "_request", parsed("{\"seq\": 1, \"command\": \"debugInfo\"}"));
        assertThat(reply.type()).isEqualTo(name + "_reply");
        isBetweenBusyAndIdle(client.published(reply.parentId()));
    }

    @Test
    void whatIsSentForARequestBearsItsWholeHeader() {
        String header = "{\"msg_id\":\"whole\",\"msg_type\":\"execute_request\",\"session\":\"s\",\"username\":\"u\","
                + "\"date\":\"2026-01-01T00:00:00Z\",\"version\":\"5.3\",\"more\":{\"of\":[1,2.5,null,\"\\u00e9\"]}}";
        String code = "{\"code\":\"System.out.println(1); display(2); 3\"}";
        client.sendRaw(TestClient.sign(header, "{}", "{}", code), header, "{}", "{}", code);
        Answer answer = client.await("whole");
        assertThat(answer.reply().parent()).isEqualTo(parsed(header));
        assertThat(answer.types())
                .containsExactly("status", "execute_input", "stream", "display_data", "execute_result", "status");
        assertThat(answer.published()).allMatch(message -> message.parent().equals(parsed(header)));
    }

    @Test
    void headersSayWhoWhenAndWhichVersion() {
        Answer answer = client.execute("display(1); 2");
        Set<String> ids = new HashSet<>();
        Set<String> sessions = new HashSet<>();
        for (Incoming message : answer.published()) {
            ids.add(message.header().get("msg_id").getAsString());
            sessions.add(message.header().get("session").getAsString());
            assertThat(message.header().get("username").getAsString()).isNotEmpty();
            assertThat(message.header().get("version").getAsString()).matches("5\\.\\d");
            assertThat(OffsetDateTime.parse(message.header().get("date").getAsString()))
                    .isBetween(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1), OffsetDateTime.now(ZoneOffset.UTC));
        }
        assertThat(ids).hasSameSizeAs(answer.published());
        assertThat(sessions)
                .containsExactly(answer.reply().header().get("session").getAsString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "execute | {}",
                "execute | {\"code\": null}",
                "execute | {\"code\": [\"1\"]}",
                "execute | {\"code\": \"1\", \"user_expressions\": [1]}",
                "execute | {\"code\": \"1\", \"user_expressions\": {\"a\": null, \"b\": {}, \"c\": 5}}",
                "execute | {\"code\": \"1\", \"silent\": \"perhaps\", \"store_history\": 7}",
                "complete | {}",
                "complete | {\"code\": \"abc\", \"cursor_pos\": -4}",
                "complete | {\"code\": \"abc\", \"cursor_pos\": 99}",
                "complete | {\"code\": \"abc\", \"cursor_pos\": null}",
                "inspect | {}",
                "inspect | {\"code\": \"abc\", \"cursor_pos\": 99}",
                "is_complete | {}",
                "history | {}",
                "history | {\"hist_access_type\": \"by colour\"}",
                "history | {\"hist_access_type\": \"search\", \"pattern\": \"[[\", \"n\": null}",
                "history | {\"hist_access_type\": \"range\", \"session\": 0, \"start\": 1, \"stop\": null}",
                "comm_info | {\"target_name\": null}"
            })
    void requestsThatSayTooLittleAreServed(String name, String content) {
        Answer answer = client.request(name + "_request", parsed(content));
        assertThat(status(answer)).isIn("ok", "complete");
        isBetweenBusyAndIdle(answer.published());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "complete | {\"code\": \"abc\", \"cursor_pos\": \"far\"}",
                "history | {\"hist_access_type\": \"tail\", \"n\": \"many\"}",
                "create_subshell | {}",
                "never_heard_of | {}"
            })
    void requestsThatCannotBeServedAreAnsweredWithAnError(String name, String content) {
        Answer answer = client.request(name + "_request", parsed(content));
        assertThat(answer.reply().type()).isEqualTo(name + "_reply");
        assertThat(status(answer)).isEqualTo("error");
        assertThat(answer.reply().text("ename")).isNotEmpty();
        assertThat(answer.reply().content().getAsJsonArray("traceback")).isNotEmpty();
        isBetweenBusyAndIdle(answer.published());
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void nonsenseOnAnyChannelIsDropped(Channel channel) {
        String header = "{\"msg_id\":\"1\",\"msg_type\":\"kernel_info_request\"}";
        client.sendRaw(channel, "00", header, "{}", "{}", "{}");
        for (String broken : List.of("[", "null", "3", "{}", "", "\ud83d")) {
            client.sendRaw(channel, TestClient.sign(broken, "{}", "{}", "{}"), broken, "{}", "{}", "{}");
            client.sendRaw(
                    channel, TestClient.sign(header, "{}", "{}", broken + "["), header, "{}", "{}", broken + "[");
        }
        client.sendRaw(channel, TestClient.sign(header), header);
        client.sendRaw(channel, "");
        String unknown = "{\"msg_id\":\"2\",\"msg_type\":{\"not\":\"text\"}}";
        client.sendRaw(channel, TestClient.sign(unknown, "{}", "{}", "{}"), unknown, "{}", "{}", "{}");
        assertThat(status(client.execute("1"))).isEqualTo("ok");
        assertThat(client.controlRequest("kernel_info_request", new JsonObject())
                        .text("status"))
                .isEqualTo("ok");
        assertThat(client.beats()).isTrue();
    }

    @Test
    void eachClientGetsItsOwnRepliesAndHearsOfAllCells() {
        try (TestClient other = kernel.another()) {
            client.drain();
            String theirs = other.startExecute("\"of the other\"", new JsonObject());
            assertThat(other.await(theirs).reply().text("status")).isEqualTo("ok");
            List<Incoming> heard = client.published(theirs);
            assertThat(heard).extracting(Incoming::type).contains("execute_input", "execute_result");
            assertThat(client.shellReply(200)).isNull();
            assertThat(status(client.execute("1"))).isEqualTo("ok");
        }
    }

    @Test
    void whatTheKernelSaysOfItselfIsWhatFrontEndsNeed() {
        JsonObject info =
                client.request("kernel_info_request", new JsonObject()).reply().content();
        JsonObject language = info.getAsJsonObject("language_info");
        assertThat(language.get("name").getAsString()).isEqualTo("java");
        assertThat(language.get("version").getAsString()).isEqualTo(System.getProperty("java.version"));
        assertThat(language.get("mimetype").getAsString()).isEqualTo("text/x-java-source");
        assertThat(language.get("file_extension").getAsString()).isEqualTo(".jshell");
        assertThat(language.get("pygments_lexer").getAsString()).isEqualTo("java");
        assertThat(language.has("codemirror_mode")).isTrue();
        assertThat(info.get("protocol_version").getAsString()).isEqualTo("5.3");
        assertThat(info.get("implementation").getAsString()).isNotEmpty();
        assertThat(info.get("implementation_version").getAsString()).isNotEmpty();
        assertThat(info.get("banner").getAsString()).contains("Java");
        assertThat(info.get("debugger").getAsBoolean()).isFalse();
        info.getAsJsonArray("help_links")
                .forEach(link -> assertThat(link.getAsJsonObject().keySet()).containsExactlyInAnyOrder("text", "url"));
    }
}
