package org.rewardlab.kernel.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputRecorderTest {
    private final Notebook notebook = Notebook.parse("""
            {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
             {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "execution_count": 9,
              "outputs": [{"output_type": "stream", "name": "stdout", "text": "old"}]},
             {"cell_type": "code", "id": "b", "metadata": {}, "source": "2", "execution_count": null, "outputs": []}]}""", "n");
    private final OutputRecorder recorder = new OutputRecorder();

    private Cell begin(int index) {
        recorder.begin(notebook.cells().get(index));
        return notebook.cells().get(index);
    }

    private List<ObjectNode> outputs(Cell cell) {
        recorder.flush();
        assertThat(NotebookSchema.problems(notebook.toJson())).isEmpty();
        return cell.outputs();
    }

    @Test
    void neighbouringTextOfOneStreamIsJoinedAndKeptAsLines() {
        Cell cell = begin(0);
        recorder.stream("stdout", "a\nb");
        recorder.stream("stdout", "c\n");
        recorder.stream("stderr", "e");
        recorder.stream("stdout", "d");
        recorder.stream("stdout", "");

        List<ObjectNode> outputs = outputs(cell);
        assertThat(outputs).hasSize(3);
        assertThat(outputs.get(0).path("text").toString()).isEqualTo("[\"a\\n\",\"bc\\n\"]");
        assertThat(outputs.get(1).path("name").asText()).isEqualTo("stderr");
        assertThat(cell.executionCount()).isZero();
    }

    @Test
    void anUpdateReachesADisplayOfAnEarlierCell() {
        Cell first = begin(0);
        recorder.display(Map.of("text/plain", "0 %"), Map.of(), "bar");
        Cell second = begin(1);
        recorder.stream("stdout", "working");
        recorder.updateDisplay(Map.of("text/plain", "100 %"), Map.of(), "bar");
        recorder.updateDisplay(Map.of("text/plain", "?"), Map.of(), "never shown");

        assertThat(MimeBundle.text(outputs(first).get(0).path("data"), "text/plain"))
                .isEqualTo("100 %");
        assertThat(outputs(second)).hasSize(1);
    }

    @Test
    void aDisplayWithAnIdSeenBeforeReplacesTheEarlierOneToo() {
        Cell cell = begin(0);
        recorder.display(Map.of("text/plain", "old"), Map.of(), "x");
        recorder.display(Map.of("text/plain", "new"), Map.of("k", 1), "x");

        assertThat(outputs(cell))
                .extracting(o -> MimeBundle.text(o.path("data"), "text/plain"))
                .containsExactly("new", "new");
    }

    @Test
    void clearingDropsOutputsAtOnceOrWithTheNextOne() {
        Cell cell = begin(0);
        recorder.stream("stdout", "1");
        recorder.clear(false);
        assertThat(outputs(cell)).isEmpty();
        recorder.stream("stdout", "2");
        recorder.clear(true);
        assertThat(outputs(cell)).hasSize(1);
        recorder.stream("stdout", "3");

        assertThat(outputs(cell)).hasSize(1);
        assertThat(outputs(cell).get(0).path("text").toString()).isEqualTo("[\"3\"]");
        recorder.clear(true);
        Cell next = begin(1);
        recorder.stream("stdout", "4");
        assertThat(outputs(cell)).hasSize(1);
        assertThat(outputs(next)).hasSize(1);
    }

    @Test
    void bundlesKeepTextAsLinesPicturesAsOneLineAndJsonAsJson() {
        Cell cell = begin(0);
        recorder.result(
                3,
                Map.of(
                        "text/html", "<p>\n</p>",
                        "image/svg+xml", "<svg>\n</svg>",
                        "image/png", "iVBO\nRw0K\n",
                        "image/gif", new byte[] {1, 2, 3},
                        "application/json", Map.of("a", List.of(1, 2)),
                        "application/vnd.rewardlab.claim+json", "{\"verdict\": \"holds\"}"),
                Map.of(),
                null);
        var data = outputs(cell).get(0).path("data");

        assertThat(data.path("text/html").toString()).isEqualTo("[\"<p>\\n\",\"</p>\"]");
        assertThat(data.path("image/svg+xml").size()).isEqualTo(2);
        assertThat(data.path("image/png").asText()).isEqualTo("iVBORw0K");
        assertThat(data.path("image/gif").asText()).isEqualTo("AQID");
        assertThat(data.path("application/json").path("a").get(1).asInt()).isEqualTo(2);
        assertThat(data.path("application/vnd.rewardlab.claim+json")
                        .path("verdict")
                        .asText())
                .isEqualTo("holds");
        assertThat(outputs(cell).get(0).path("execution_count").asInt()).isEqualTo(3);
    }

    @Test
    void anErrorKeepsNameMessageAndTraceback() {
        Cell cell = begin(0);
        recorder.stream("stdout", "before");
        recorder.error("java.lang.IllegalStateException", "no", List.of("one", "two"));

        assertThat(outputs(cell)).hasSize(2);
        assertThat(outputs(cell).get(1).path("traceback").size()).isEqualTo(2);
    }

    @Test
    void manySmallPiecesOfTextAreJoinedWithoutCopyingThemAgainAndAgain() {
        Cell cell = begin(0);
        for (int i = 0; i < 200_000; i++) {
            recorder.stream("stdout", "line\n");
        }
        assertThat(outputs(cell).get(0).path("text").size()).isEqualTo(200_000);
    }
}
