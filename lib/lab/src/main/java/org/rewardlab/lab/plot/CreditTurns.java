package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.awt.geom.Line2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.display.Html;

/**
 * Turns one below the other with a coloured column for each method.
 *
 * @param speakers who spoke
 * @param texts what was said
 */
record CreditTurns(List<String> speakers, List<String> texts) implements CreditScene {
    private static final double LINE = 16;
    private static final double PAD = 5;
    private static final double GAP = 10;
    private static final double NARROWEST = 62;
    private static final double WIDEST = 110;
    private static final double LEAST_TEXT = 180;
    private static final TextStyle HEAD = new TextStyle(House.TICK, House.INK, Align.MIDDLE);
    private static final TextStyle SPEAKER = new TextStyle(House.AXIS, House.FAINT_INK, Align.START);
    private static final TextStyle TEXT = new TextStyle(House.AXIS, House.INK, Align.START);

    CreditTurns {
        speakers = List.copyOf(speakers);
        texts = List.copyOf(texts);
        Check.notEmpty("texts", texts.size());
        if (speakers.size() != texts.size()) {
            throw new IllegalArgumentException(
                    "speakers: expected " + texts.size() + ", one for each text, got " + speakers.size());
        }
    }

    @Override
    public String part() {
        return "turn";
    }

    @Override
    public List<String> parts() {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> speakers.get(i).isEmpty() ? texts.get(i) : speakers.get(i) + ": " + texts.get(i))
                .toList();
    }

    @Override
    public @Nullable NDArray numbering(Rollouts rollouts) {
        return rollouts.turns();
    }

    private double speakerWidth() {
        double widest = speakers.stream().mapToDouble(SPEAKER::width).max().orElse(0);
        return widest == 0 ? 0 : widest + GAP;
    }

    private double columnWidth(List<CreditLayer> layers) {
        double widest = layers.stream()
                .mapToDouble(layer -> HEAD.width(layer.method()))
                .max()
                .orElse(0);
        double room = (WIDTH - 2 * MARGIN - speakerWidth() - LEAST_TEXT) / layers.size() - GAP;
        return Math.max(NARROWEST, Math.min(Math.min(WIDEST, room), widest));
    }

    private double textWidth(List<CreditLayer> layers) {
        double columns = layers.size() * (columnWidth(layers) + GAP);
        return Math.max(LEAST_TEXT / 2, WIDTH - 2 * MARGIN - speakerWidth() - columns);
    }

    private static double headHeight(List<CreditLayer> layers, double column) {
        int most = layers.stream()
                .mapToInt(layer -> HEAD.wrapped(layer.method(), column).size())
                .max()
                .orElse(1);
        return most * LINE + 4;
    }

    private List<String> lines(int turn, double width) {
        return texts.get(turn)
                .lines()
                .flatMap(line -> TEXT.wrapped(line, width).stream())
                .map(line -> TEXT.cut(line, width))
                .toList();
    }

    private double rowHeight(int turn, double width) {
        return Math.max(1, lines(turn, width).size()) * LINE + 2 * PAD;
    }

    @Override
    public double height(List<CreditLayer> layers) {
        double width = textWidth(layers);
        return headHeight(layers, columnWidth(layers))
                + IntStream.range(0, texts.size())
                        .mapToDouble(turn -> rowHeight(turn, width))
                        .sum()
                + 10;
    }

    @Override
    public void paint(Canvas canvas, List<CreditLayer> layers, double top) {
        double column = columnWidth(layers);
        double width = textWidth(layers);
        double left = MARGIN + speakerWidth() + width + GAP;
        double y = top + headHeight(layers, column);
        for (int m = 0; m < layers.size(); m++) {
            List<String> lines = HEAD.wrapped(layers.get(m).method(), column);
            for (int i = 0; i < lines.size(); i++) {
                double x = left + m * (column + GAP) + column / 2;
                canvas.text(lines.get(i), x, y - 6 - (lines.size() - 1 - i) * (LINE - 3), HEAD);
            }
        }
        for (int turn = 0; turn < texts.size(); turn++) {
            double height = rowHeight(turn, width);
            canvas.draw(new Line2D.Double(MARGIN, y, WIDTH - MARGIN, y), House.GRID, House.GRID_LINE);
            canvas.text(speakers.get(turn), MARGIN, y + PAD + 12, SPEAKER);
            double line = y + PAD + 12;
            for (String text : lines(turn, width)) {
                canvas.text(text, MARGIN + speakerWidth(), line, TEXT);
                line += LINE;
            }
            for (int m = 0; m < layers.size(); m++) {
                CreditLayer layer = layers.get(m);
                double value = layer.credit().get(turn);
                double x = left + m * (column + GAP);
                canvas.fill(
                        new RoundRectangle2D.Double(x, y + 2, column, height - 4, 5, 5),
                        layer.scale().ground(value));
                TextStyle style = new TextStyle(House.TICK, layer.scale().ink(value), Align.MIDDLE);
                canvas.text(layer.scale().brief(value), x + column / 2, y + height / 2 + 4, style);
            }
            y += height;
        }
    }

    @Override
    public void html(StringBuilder html, List<CreditLayer> layers) {
        String cell = "padding:3px 8px;text-align:left;vertical-align:top";
        html.append("<table style=\"border-collapse:separate;border-spacing:3px\"><tr><th></th><th></th>");
        layers.forEach(layer -> html.append("<th style=\"text-align:center;font-weight:normal;padding:3px 8px\">")
                .append(Html.escape(layer.method()))
                .append("</th>"));
        for (int turn = 0; turn < texts.size(); turn++) {
            html.append("</tr><tr><td style=\"opacity:0.8;").append(cell).append("\">");
            html.append(Html.escape(speakers.get(turn)))
                    .append("</td><td style=\"")
                    .append(cell);
            html.append(";white-space:pre-line\">")
                    .append(Html.escape(texts.get(turn)))
                    .append("</td>");
            for (CreditLayer layer : layers) {
                double value = layer.credit().get(turn);
                html.append("<td")
                        .append(layer.scale().attributes(value, "border-radius:3px;padding:3px 10px;text-align:center"))
                        .append('>')
                        .append(layer.scale().brief(value))
                        .append("</td>");
            }
        }
        html.append("</tr></table>");
    }
}
