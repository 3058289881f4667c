package org.rewardlab.kernel.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Claim;

/** What a reader wants to know first: whether the notebook ran through, and how its claims came out. */
final class Summary {
    private final List<String> chips = new ArrayList<>();
    private int holds;
    private int fails;
    private int open;

    private Summary() {}

    static String html(List<Cell> cells) {
        Summary summary = new Summary();
        for (Cell cell : cells) {
            for (ObjectNode output : cell.outputs()) {
                summary.read(cell, output);
            }
        }
        summary.chip("good", "\u2713", summary.holds, "holds", "hold");
        summary.chip("bad", "\u2717", summary.fails, "fails", "fail");
        summary.chip("open", "\u25CB", summary.open, "not judged", "not judged");
        return String.join("", summary.chips);
    }

    private void read(Cell cell, ObjectNode output) {
        if (output.path("output_type").asText().equals("error") && !cell.tags().contains("raises-exception")) {
            String name = output.path("ename").asText();
            chips.add("<a class=\"chip bad\" href=\"#cell." + Html.escape(cell.id()) + "\">\u2717 stopped at ["
                    + cell.executionCount() + "]: " + Html.escape(name.substring(name.lastIndexOf('.') + 1)) + "</a>");
        }
        Claim.of(output).ifPresent(claim -> {
            switch (claim.verdict()) {
                case HOLDS -> holds++;
                case FAILS -> fails++;
                case NOT_JUDGED -> open++;
            }
        });
    }

    private void chip(String kind, String sign, int count, String one, String many) {
        if (count > 0) {
            String words = count == 1 ? "1 claim " + one : count + " claims " + many;
            chips.add("<span class=\"chip " + kind + "\">" + sign + " " + words + "</span>");
        }
    }
}
