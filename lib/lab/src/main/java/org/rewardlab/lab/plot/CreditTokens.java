package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.display.Html;

/**
 * Tokens in lines of text, a block of lines for each method, each number by its token.
 *
 * @param parts the tokens
 */
record CreditTokens(List<String> parts) implements CreditScene {
    private static final double SIZE = 13;
    private static final double NUMBER = 8.5;
    private static final double BOX = 22;
    private static final double LINE = 40;
    private static final double HEAD = 22;
    private static final double GAP = 3;
    private static final double NARROWEST = 26;

    CreditTokens {
        parts = List.copyOf(parts);
        Check.notEmpty("tokens", parts.size());
    }

    @Override
    public String part() {
        return "token";
    }

    @Override
    public @Nullable NDArray numbering(Rollouts rollouts) {
        return null;
    }

    /** How a token is written: without the space before it, signs for what can't be seen. */
    private static String visible(String token) {
        String text =
                token.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥").strip();
        return text.isEmpty() ? "␣" : text;
    }

    private static double width(String token) {
        return Math.max(NARROWEST, 10 + Typeface.MONO.width(visible(token), SIZE));
    }

    private List<List<Integer>> lines() {
        List<List<Integer>> all = new ArrayList<>();
        List<Integer> line = new ArrayList<>();
        double x = MARGIN;
        for (int i = 0; i < parts.size(); i++) {
            double width = width(parts.get(i));
            if (!line.isEmpty() && x + width > WIDTH - MARGIN) {
                all.add(line);
                line = new ArrayList<>();
                x = MARGIN;
            }
            line.add(i);
            x += width + GAP;
            if (parts.get(i).endsWith("\n")) {
                all.add(line);
                line = new ArrayList<>();
                x = MARGIN;
            }
        }
        if (!line.isEmpty()) {
            all.add(line);
        }
        return all;
    }

    @Override
    public double height(List<CreditLayer> layers) {
        return layers.size() * (HEAD + lines().size() * LINE + 8);
    }

    @Override
    public void paint(Canvas canvas, List<CreditLayer> layers, double top) {
        double y = top;
        for (CreditLayer layer : layers) {
            canvas.text(layer.method(), MARGIN, y + 12, new TextStyle(House.AXIS, House.INK, Align.START));
            y += HEAD;
            for (List<Integer> line : lines()) {
                double x = MARGIN;
                for (int i : line) {
                    double width = width(parts.get(i));
                    token(canvas, x, y, i, layer);
                    x += width + GAP;
                }
                y += LINE;
            }
            y += 8;
        }
    }

    private void token(Canvas canvas, double x, double y, int index, CreditLayer layer) {
        double value = layer.credit().get(index);
        double width = width(parts.get(index));
        canvas.fill(
                new RoundRectangle2D.Double(x, y, width, BOX, 5, 5),
                layer.scale().ground(value));
        TextStyle style = new TextStyle(Typeface.MONO, SIZE, layer.scale().ink(value), Align.MIDDLE, 0);
        canvas.text(visible(parts.get(index)), x + width / 2, y + 15.5, style);
        String number = layer.scale().brief(value);
        TextStyle small = new TextStyle(NUMBER, House.FAINT_INK, Align.MIDDLE);
        if (small.width(number) <= width + GAP) {
            canvas.text(number, x + width / 2, y + BOX + 10, small);
        }
    }

    @Override
    public void html(StringBuilder html, List<CreditLayer> layers) {
        for (CreditLayer layer : layers) {
            html.append("<div style=\"font-size:90%;opacity:0.8;margin-top:6px\">")
                    .append(Html.escape(layer.method()))
                    .append("</div><div style=\"font-family:monospace;line-height:2.8;ruby-position:under\">");
            for (int i = 0; i < parts.size(); i++) {
                double value = layer.credit().get(i);
                html.append("<ruby><span")
                        .append(layer.scale().attributes(value, "border-radius:3px;padding:2px 4px;white-space:pre"))
                        .append('>')
                        .append(Html.escape(visible(parts.get(i))))
                        .append("</span><rt style=\"font-size:9px;opacity:0.8;padding:3px 3px 0\">")
                        .append(layer.scale().brief(value))
                        .append("</rt></ruby>")
                        .append(parts.get(i).endsWith("\n") ? "<br>" : " ");
            }
            html.append("</div>");
        }
    }
}
