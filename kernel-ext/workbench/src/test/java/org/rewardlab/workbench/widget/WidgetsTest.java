package org.rewardlab.workbench.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.rewardlab.workbench.NotebookOutput;
import org.rewardlab.workbench.TestNotebook;

/** Widgets without a front end: values, what is rejected, and what a reader sees in their place. */
class WidgetsTest {

    @Test
    void valuesOutsideOfAControlAreRejectedByName() {
        assertThatThrownBy(() -> Widgets.slider("beta", 1.0, 0.0, 0.5))
                .hasMessageContaining("max: expected more than min 1.0, got 0.0");
        assertThatThrownBy(() -> Widgets.slider("beta", 0.0, 1.0, 2.0)).hasMessageContaining("value: expected");
        assertThatThrownBy(() -> Widgets.slider("beta", 0.0, Double.NaN, 0.0))
                .hasMessageContaining("expected finite numbers");
        assertThatThrownBy(() -> Widgets.logSlider("lr", 0, 1, 0.1)).hasMessageContaining("min: expected");
        assertThatThrownBy(() -> Widgets.slider("beta", 0.0, 1.0, 0.5).step(0)).hasMessageContaining("step: expected");
        assertThatThrownBy(() -> Widgets.slider("k", 1, 4, 2).value(5)).hasMessageContaining("value: expected");
        assertThatThrownBy(() -> Widgets.dropdown("loss", List.of()))
                .hasMessageContaining("options: expected at least one");
        assertThatThrownBy(() -> Widgets.dropdown("loss", "dpo").value("ipo"))
                .hasMessageContaining("value: expected one of [dpo], got ipo");
        assertThatThrownBy(() -> Widgets.tabs(Map.of())).hasMessageContaining("pages: expected at least one");
    }

    @Test
    void observersHearOfChangesOnly() {
        List<Object> heard = new ArrayList<>();
        IntSlider slider = Widgets.slider("k", 1, 4, 2);
        slider.observe(heard::add);
        slider.value(3);
        slider.value(3);
        slider.value(4);
        assertThat(heard).containsExactly(3, 4);
    }

    @Test
    void stepsAreRoundNumbers() {
        assertThat(Widgets.slider("a", 0.01, 1.0, 0.1).get("step")).isEqualTo(0.01);
        assertThat(Widgets.slider("a", 0.0, 5.0, 0.1).get("step")).isEqualTo(0.05);
        assertThat(Widgets.slider("a", 0.0, 2000.0, 0.1).get("step")).isEqualTo(20.0);
        assertThat(Widgets.slider("a", 0.0, 1.0, 0.1).step(0.001).get("readout_format"))
                .isEqualTo(".3f");
    }

    @Test
    void withoutAFrontEndBoxesAndTabsAreText() {
        Map<String, Widget> pages = new LinkedHashMap<>();
        pages.put("data", Widgets.checkbox("shuffle", true));
        pages.put(
                "model",
                Widgets.column(Widgets.textField("name", "tiny"), Widgets.html("<p>of <b>two</b> layers</p>")));
        Widget all = Widgets.column(Widgets.row(Widgets.label("Settings"), Widgets.button("run")), Widgets.tabs(pages));
        assertThat(all.mimeBundle())
                .containsOnly(Map.entry(
                        "text/plain",
                        "Settings   [run]\ndata:\n    shuffle: true\nmodel:\n    name: tiny\n    of two layers"));
    }

    @Test
    void aHeadlessRunShowsTheFirstStateAndItsFigure() {
        try (TestNotebook notebook = new TestNotebook()) {
            NotebookOutput output = notebook.run(
                    "interact(slider(\"beta\", 0.01, 1, 0.1), dropdown(\"of\", 1.0, 2.0), (beta, of) -> plot(beta, of));");
            assertThat(output.displays()).hasSize(2);
            assertThat(output.displays().get(0).getData(MIMEType.TEXT_PLAIN))
                    .isEqualTo("beta: 0.1 (0.01 to 1.0)\nof: 1.0");
            assertThat(output.displays()
                            .get(0)
                            .hasDataForType(MIMEType.parse("application/vnd.jupyter.widget-view+json")))
                    .isFalse();
            assertThat(output.displays().get(1).hasDataForType(MIMEType.IMAGE_SVG))
                    .isTrue();
        }
    }

    @Test
    void aFunctionThatMovesItsOwnControlIsCalledOnceMore() {
        try (TestNotebook notebook = new TestNotebook()) {
            notebook.run("var k = slider(\"k\", 0, 9, 1); List<Integer> seen = new ArrayList<>();");
            notebook.run("interact(k, v -> { seen.add(v); if (v == 5) k.value(6); return v; });");
            notebook.run("k.value(5);");
            assertThat(notebook.value("seen")).isEqualTo(List.of(1, 5, 6));
        }
    }
}
