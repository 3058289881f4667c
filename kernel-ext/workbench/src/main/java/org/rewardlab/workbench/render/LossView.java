package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.TreeMap;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;

/** What a loss says: the number, the metrics beside it, the losses and gradients as arrays. */
final class LossView {

    private LossView() {}

    static Bundle of(Metrics metrics) {
        Map<String, Double> values = metrics.toMap();
        return Bundle.of(table(values), text(values));
    }

    static Bundle of(LossOutput output) {
        String loss = "loss " + Digits.significant(output.value(), 6);
        Map<String, Double> metrics = output.metrics().toMap();
        Bundle losses = ArrayView.of(output.losses());
        return Bundle.of(
                headline(loss) + table(metrics) + titled("losses", losses),
                loss + "\n" + text(metrics) + "\nlosses  " + losses.byType().get(Bundle.TEXT));
    }

    static Bundle of(LossGradients gradients) {
        Bundle output = of(gradients.output());
        StringBuilder html = new StringBuilder(String.valueOf(output.byType().get(Bundle.HTML)));
        StringBuilder text = new StringBuilder(String.valueOf(output.byType().get(Bundle.TEXT)));
        for (Map.Entry<String, NDArray> gradient : new TreeMap<>(gradients.gradients()).entrySet()) {
            Bundle array = ArrayView.of(gradient.getValue());
            html.append(titled("∂loss / ∂" + gradient.getKey(), array));
            text.append("\ngradient of ").append(gradient.getKey()).append("  ");
            text.append(array.byType().get(Bundle.TEXT));
        }
        return Bundle.of(html.toString(), text.toString());
    }

    private static String headline(String loss) {
        return "<div style=\"font-size:15px;font-weight:600;font-variant-numeric:tabular-nums\">"
                + NumberFormatting.minus(loss) + "</div>";
    }

    private static String titled(String title, Bundle array) {
        return "<div style=\"margin-top:6px\"><b>" + Look.escape(title) + "</b>"
                + array.byType().get(Bundle.HTML) + "</div>";
    }

    private static String table(Map<String, Double> metrics) {
        if (metrics.isEmpty()) {
            return "";
        }
        HtmlTable html = new HtmlTable();
        metrics.forEach((name, value) ->
                html.row().name(Look.escape(name)).number(CellText.html(value)).endRow());
        return html.html();
    }

    private static String text(Map<String, Double> metrics) {
        int width = metrics.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        metrics.forEach((name, value) -> text.append(text.isEmpty() ? "" : "\n")
                .append(name)
                .append(" ".repeat(width - name.length() + 2))
                .append(Digits.significant(value, 4)));
        return text.toString();
    }
}
