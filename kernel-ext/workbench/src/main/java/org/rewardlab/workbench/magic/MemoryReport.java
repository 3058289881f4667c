package org.rewardlab.workbench.magic;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.display.Html;
import org.rewardlab.workbench.memory.ArrayCare;
import org.rewardlab.workbench.memory.ArrayScopes;
import org.rewardlab.workbench.memory.CurrentCell;
import org.rewardlab.workbench.memory.ProcessMemory;
import org.rewardlab.workbench.memory.TensorBytes;
import org.rewardlab.workbench.render.ArrayView;

/**
 * {@code %memory}: what the Java heap, the tensors and the process hold, and which variables hold tensors.
 *
 * @param totals what is held in bytes, by name
 * @param arrays how many tensors live that cells made
 * @param variables variables that hold tensors, largest first
 */
record MemoryReport(Map<String, Long> totals, int arrays, List<Holder> variables) implements Displayable {

    /** A variable and the tensors that it reaches. */
    record Holder(String name, String what, long bytes) {}

    static MemoryReport now() {
        Runtime java = Runtime.getRuntime();
        Map<String, Long> totals = new LinkedHashMap<>();
        totals.put("Java heap in use", java.totalMemory() - java.freeMemory());
        totals.put("Java heap at most", java.maxMemory());
        totals.put("tensors of cells", ArrayScopes.start().liveBytes());
        long resident = ProcessMemory.resident();
        if (resident > 0) {
            totals.put("whole process", resident);
        }
        List<Holder> holders = new ArrayList<>();
        CurrentCell.variables().forEach((name, value) -> {
            TensorBytes sum = TensorBytes.of(value);
            if (sum.arrays() > 0) {
                holders.add(new Holder(name, what(value, sum), sum.bytes()));
            }
        });
        holders.sort(Comparator.comparingLong(Holder::bytes).reversed());
        return new MemoryReport(totals, ArrayCare.current().liveArrays(), List.copyOf(holders));
    }

    private static String what(@Nullable Object value, TensorBytes sum) {
        return value instanceof NDArray array
                ? ArrayView.line(array)
                : sum.arrays() + (sum.arrays() == 1 ? " array" : " arrays");
    }

    /** Such as {@code 1.5 GB}, by powers of 1024. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
        double number = bytes / Math.pow(1024, unit);
        return String.format(Locale.ROOT, number < 10 ? "%.1f %cB" : "%.0f %cB", number, " kMGT".charAt(unit));
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/html", html());
        bundle.put("text/plain", toString());
        return bundle;
    }

    private String html() {
        StringBuilder html = new StringBuilder("<div style=\"display:flex;flex-wrap:wrap;gap:8px 28px;margin:4px 0\">");
        totals.forEach((name, bytes) -> html.append("<div><div style=\"opacity:.65;font-size:90%\">")
                .append(Html.escape(name))
                .append("</div><b>")
                .append(size(bytes))
                .append("</b></div>"));
        html.append("<div><div style=\"opacity:.65;font-size:90%\">live arrays</div><b>")
                .append(arrays)
                .append("</b></div></div>");
        long largest = variables.stream().mapToLong(Holder::bytes).max().orElse(1);
        for (Holder holder : variables) {
            html.append("<div style=\"display:flex;gap:10px;align-items:baseline;font-size:13px\">")
                    .append("<span style=\"width:9em;text-align:right\">")
                    .append(Html.escape(holder.name()))
                    .append("</span><span style=\"flex:0 0 160px\"><span style=\"display:inline-block;height:9px;"
                            + "border-radius:2px;background:#3884de;width:")
                    .append(Math.max(1, 160 * holder.bytes() / Math.max(1, largest)))
                    .append("px\"></span></span><span style=\"width:5em\">")
                    .append(size(holder.bytes()))
                    .append("</span><span style=\"opacity:.65\">")
                    .append(Html.escape(holder.what()))
                    .append("</span></div>");
        }
        return html.toString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        totals.forEach((name, bytes) ->
                text.append(name).append("  ").append(size(bytes)).append('\n'));
        text.append("live arrays  ").append(arrays);
        variables.forEach(holder -> text.append("\n  ")
                .append(holder.name())
                .append("  ")
                .append(size(holder.bytes()))
                .append("  ")
                .append(holder.what()));
        return text.toString();
    }
}
