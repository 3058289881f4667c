package org.rewardlab.workbench.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.data;
import static org.rewardlab.kernel.protocol.ServedKernel.json;
import static org.rewardlab.kernel.protocol.ServedKernel.status;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.protocol.TestClient.Answer;
import org.rewardlab.kernel.protocol.TestClient.Incoming;
import org.rewardlab.kernel.protocol.WithKernel;

/** Widgets as a front end meets them: messages over sockets. */
class WidgetProtocolTest extends WithKernel {

    private static final String VIEW = "application/vnd.jupyter.widget-view+json";

    /** The models that a cell opened, by their names. */
    private static Models models(Answer answer) {
        Map<String, String> ids = new LinkedHashMap<>();
        for (Incoming open : answer.all("comm_open")) {
            assertThat(open.text("target_name")).isEqualTo("jupyter.widget");
            assertThat(open.metadata().get("version").getAsString()).startsWith("2.");
            ids.put(state(open).get("_model_name").getAsString(), open.text("comm_id"));
        }
        return new Models(ids);
    }

    private record Models(Map<String, String> ids) {

        String id(String name) {
            String id = ids.get(name);
            assertThat(id).as("a %s among %s", name, ids).isNotNull();
            return Objects.requireNonNull(id);
        }
    }

    private static JsonObject state(Incoming message) {
        return data(message).getAsJsonObject("state");
    }

    private static JsonObject update(String name, Object value) {
        JsonObject data = json("method", "update");
        data.add("state", json(name, value));
        data.add("buffer_paths", new JsonArray());
        return data;
    }

    private static Answer succeeds(String code) {
        Answer answer = client.execute(code);
        assertThat(status(answer)).as(code + answer.reply()).isEqualTo("ok");
        return answer;
    }

    private static String method(Incoming message) {
        return data(message).get("method").getAsString();
    }

    private static String shownText(String code) {
        return data(succeeds(code).first("execute_result")).get("text/plain").getAsString();
    }

    @Test
    void aSliderIsOpenedWithItsStateBeforeItIsShown() {
        Answer answer = succeeds("var beta = slider(\"beta\", 0.01, 1, 0.1); beta");
        assertThat(answer.types()).containsSubsequence("comm_open", "comm_open", "comm_open", "execute_result");
        Models models = models(answer);
        assertThat(models.ids()).containsKeys("LayoutModel", "SliderStyleModel", "FloatSliderModel");
        JsonObject state = state(answer.all("comm_open").get(2));
        assertThat(state.get("layout").getAsString()).isEqualTo("IPY_MODEL_" + models.id("LayoutModel"));
        assertThat(state.get("min").getAsDouble()).isEqualTo(0.01);
        assertThat(state.get("max").getAsDouble()).isEqualTo(1);
        assertThat(state.get("value").getAsDouble()).isEqualTo(0.1);
        assertThat(state.get("step").getAsDouble()).isEqualTo(0.01);
        assertThat(state.get("readout_format").getAsString()).isEqualTo(".2f");
        JsonObject shown = data(answer.first("execute_result"));
        assertThat(shown.getAsJsonObject(VIEW).get("model_id").getAsString()).isEqualTo(models.id("FloatSliderModel"));
        assertThat(shown.getAsJsonObject(VIEW).get("version_major").getAsInt()).isEqualTo(2);
        assertThat(shown.get("text/plain").getAsString()).isEqualTo("beta: 0.1 (0.01 to 1.0)");
        assertThat(succeeds("beta").all("comm_open")).as("shown again").isEmpty();
    }

    @Test
    void aMovedSliderIsEchoedAndObserved() {
        String id = models(
                        succeeds(
                                "var moved = slider(\"m\", 0.0, 10.0, 1.0); moved.observe(v -> System.out.println(\"now \" + v)); moved"))
                .id("FloatSliderModel");
        Answer answer = kernel.tellComm(id, update("value", 2.5));
        assertThat(answer.types()).containsExactly("status", "comm_msg", "stream", "status");
        assertThat(method(answer.first("comm_msg"))).isEqualTo("echo_update");
        assertThat(state(answer.first("comm_msg")).get("value").getAsDouble()).isEqualTo(2.5);
        assertThat(answer.text("stdout")).isEqualTo("now 2.5\n");
        assertThat(shownText("moved.value()")).isEqualTo("2.5");
        assertThat(kernel.tellComm(id, update("value", 2.5)).types())
                .as("the same again")
                .containsExactly("status", "status");
    }

    @Test
    void theNoiseOfCountedStepsMovesNoSlider() {
        String id = models(
                        succeeds(
                                "var fine = slider(\"f\", 0.01, 1.0, 0.1); fine.observe(v -> System.out.println(\"now \" + v)); fine"))
                .id("FloatSliderModel");
        assertThat(kernel.tellComm(id, update("value", 0.09999999999999999)).types())
                .as("neither a change nor a value to be set again")
                .containsExactly("status", "status");
        assertThat(kernel.tellComm(id, update("value", 0.01 + 29 * 0.01)).text("stdout"))
                .isEqualTo("now 0.3\n");
    }

    @Test
    void whatCannotBeTakenIsAnsweredWithWhatHolds() {
        String id = models(succeeds("var held = slider(\"k\", 1, 8, 4); held")).id("IntSliderModel");
        Answer tooFar = kernel.tellComm(id, update("value", 99));
        assertThat(tooFar.all("comm_msg"))
                .extracting(WidgetProtocolTest::method)
                .containsExactly("echo_update", "update");
        assertThat(state(tooFar.all("comm_msg").get(1)).get("value").getAsInt()).isEqualTo(8);
        Answer nonsense = kernel.tellComm(id, update("value", "much"));
        assertThat(nonsense.all("comm_msg"))
                .extracting(WidgetProtocolTest::method)
                .containsExactly("update");
        assertThat(kernel.tellComm(id, update("no_such_part", 1)).types()).containsExactly("status", "status");
        assertThat(kernel.tellComm(id, json("method", "dance")).text("stderr")).contains("dance");
        assertThat(shownText("held.value()")).isEqualTo("8");
        assertThat(client.execute("held.value(9)").first("error").text("evalue"))
                .contains("value: expected")
                .contains("9");
    }

    @Test
    void aCellMovesASlider() {
        succeeds("var set = logSlider(\"lr\", 1e-5, 0.1, 1e-3); set");
        Answer answer = succeeds("set.value(0.01);");
        assertThat(method(answer.first("comm_msg"))).isEqualTo("update");
        assertThat(state(answer.first("comm_msg")).get("value").getAsDouble()).isEqualTo(0.01);
    }

    @Test
    void picturesTravelInBuffers() {
        Answer answer = succeeds("picture(new byte[] {1, 2, 3})");
        Incoming open = answer.all("comm_open").get(answer.all("comm_open").size() - 1);
        assertThat(data(open).get("buffer_paths").toString()).isEqualTo("[[\"value\"]]");
        assertThat(open.buffers()).containsExactly(new byte[] {1, 2, 3});
        assertThat(state(open).has("value")).isFalse();
    }

    @Test
    void aDropdownACheckboxAFieldAndAButtonTellWhatWasDone() {
        Models models = models(succeeds("""
                var which = dropdown("loss", "dpo", "ipo");
                var on = checkbox("normalize", true);
                var name = textField("name", "run");
                var go = button("go").onClick(() -> System.out.println("gone"));
                column(row(which, on), name, go, label("a"), html("<b>b</b>"), tabs(Map.of("t", slider("x", 0, 2, 1))))
                """));
        assertThat(models.ids())
                .containsKeys(
                        "DropdownModel",
                        "CheckboxModel",
                        "TextModel",
                        "ButtonModel",
                        "LabelModel",
                        "HTMLModel",
                        "TabModel",
                        "HBoxModel",
                        "VBoxModel");
        kernel.tellComm(models.id("DropdownModel"), update("index", 1));
        kernel.tellComm(models.id("CheckboxModel"), update("value", false));
        kernel.tellComm(models.id("TextModel"), update("value", "second"));
        assertThat(shownText("which.value() + on.value() + name.value()")).isEqualTo("ipofalsesecond");
        JsonObject click = json("method", "custom");
        click.add("content", json("event", "click"));
        assertThat(kernel.tellComm(models.id("ButtonModel"), click).text("stdout"))
                .isEqualTo("gone\n");
    }

    @Test
    void whatAnAreaTakesIsInItsState() {
        Answer shown = succeeds("var area = outputArea(); area");
        Answer ran =
                succeeds("area.run(() -> { System.out.println(\"hi\"); display(7); }); System.out.println(\"cell\");");
        assertThat(ran.text("stdout")).isEqualTo("cell\n");
        assertThat(ran.all("display_data")).isEmpty();
        List<Incoming> messages = ran.all("comm_msg");
        JsonArray outputs = state(messages.get(messages.size() - 1)).getAsJsonArray("outputs");
        assertThat(outputs.get(0).getAsJsonObject().get("text").getAsString()).isEqualTo("hi\n");
        JsonObject display = outputs.get(1).getAsJsonObject();
        assertThat(display.get("output_type").getAsString()).isEqualTo("display_data");
        assertThat(display.getAsJsonObject("data").get("text/plain").getAsString())
                .isEqualTo("7");
        assertThat(models(shown).ids()).containsKey("OutputModel");
        assertThat(messages)
                .allMatch(message -> message.parentId().equals(ran.reply().parentId()));
    }

    @Test
    void anInteractionReplacesItsResultAndShowsWhatFailed() {
        Answer shown = succeeds("""
                interact(slider("n", 1, 5, 2), n -> {
                    if (n == 4) throw new IllegalStateException("not four");
                    System.out.println("drawing " + n);
                    return "n squared is " + n * n;
                });
                """);
        assertThat(shown.all("display_data")).hasSize(2);
        assertThat(shown.all("execute_result")).isEmpty();
        JsonObject controls = data(shown.all("display_data").get(0));
        assertThat(controls.has(VIEW)).isTrue();
        assertThat(controls.get("text/plain").getAsString()).isEqualTo("n: 2 (1 to 5)\ndrawing 2");
        Incoming result = shown.all("display_data").get(1);
        assertThat(data(result).get("text/plain").getAsString()).isEqualTo("n squared is 4");
        String slider = models(shown).id("IntSliderModel");
        Answer moved = kernel.tellComm(slider, update("value", 3));
        Incoming redrawn = moved.first("update_display_data");
        assertThat(data(redrawn).get("text/plain").getAsString()).isEqualTo("n squared is 9");
        assertThat(redrawn.content().get("transient"))
                .isEqualTo(result.content().get("transient"));
        assertThat(moved.all("stream")).isEmpty();
        assertThat(lastOutputs(moved).toString()).contains("drawing 3").doesNotContain("drawing 2");
        Answer failed = kernel.tellComm(slider, update("value", 4));
        assertThat(failed.all("error")).isEmpty();
        assertThat(lastOutputs(failed).toString())
                .contains("not four", "line 2")
                .doesNotContain("Interaction");
        assertThat(lastOutputs(kernel.tellComm(slider, update("value", 5))).toString())
                .doesNotContain("not four");
    }

    private static JsonElement lastOutputs(Answer answer) {
        return answer.all("comm_msg").stream()
                .map(WidgetProtocolTest::state)
                .filter(state -> state.has("outputs"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .get("outputs");
    }

    @Test
    void anInteractionThatFailsAtOnceFailsItsCell() {
        Answer failed = client.execute("interact(slider(\"n\", 1, 5, 2), n -> 1 / (n - 2));");
        assertThat(status(failed)).isEqualTo("error");
        assertThat(failed.all("display_data")).isEmpty();
    }

    @Test
    void anInteractionIsInterruptedAndGoesOn() throws Exception {
        Answer shown = succeeds("interact(slider(\"n\", 1, 5, 2), n -> { while (n == 3) { } return n; });");
        String slider = models(shown).id("IntSliderModel");
        String endless = kernel.sendComm(slider, update("value", 3));
        Thread.sleep(500);
        client.controlRequest("interrupt_request", new JsonObject());
        assertThat(kernel.published(endless).first("error").text("ename")).isEqualTo("java.lang.InterruptedException");
        assertThat(data(kernel.tellComm(slider, update("value", 5)).first("update_display_data"))
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("5");
    }

    @Test
    void aFrontEndThatIsLoadedAnewAsksForAllStates() {
        String id = models(succeeds("slider(\"again\", 0.0, 1.0, 0.5)")).id("FloatSliderModel");
        JsonObject open = json("comm_id", "states-1");
        open.addProperty("target_name", "jupyter.widget.control");
        open.add("data", new JsonObject());
        kernel.published(client.start("comm_open", open));
        Answer answer = kernel.tellComm("states-1", json("method", "request_states"));
        JsonObject model =
                data(answer.first("comm_msg")).getAsJsonObject("states").getAsJsonObject(id);
        assertThat(model.get("model_name").getAsString()).isEqualTo("FloatSliderModel");
        assertThat(model.getAsJsonObject("state").get("value").getAsDouble()).isEqualTo(0.5);
        Answer alone = kernel.tellComm(id, json("method", "request_state"));
        assertThat(state(alone.first("comm_msg")).get("description").getAsString())
                .isEqualTo("again");
        assertThat(client.request("comm_info_request", json("target_name", "jupyter.widget"))
                        .reply()
                        .content()
                        .getAsJsonObject("comms")
                        .has(id))
                .isTrue();
    }

    @Test
    void aClosedWidgetComesBackWhenItIsShownAgain() {
        String id = models(succeeds("var closing = checkbox(\"c\", false); closing"))
                .id("CheckboxModel");
        assertThat(succeeds("closing.close();").first("comm_close").text("comm_id"))
                .isEqualTo(id);
        String second = models(succeeds("closing")).id("CheckboxModel");
        assertThat(second).isNotEqualTo(id);
        JsonObject close = json("comm_id", second);
        close.add("data", new JsonObject());
        kernel.published(client.start("comm_close", close));
        assertThat(succeeds("closing.value(true);").all("comm_msg")).isEmpty();
        assertThat(models(succeeds("closing")).ids()).containsKey("CheckboxModel");
    }
}
