package org.rewardlab.lab.plot;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.statistics.Digits;

/** Lays tokens out in lines, coloured by credit, with a bar that explains the colours. */
final class TokenCreditPainter {
    static final int WIDTH = 720;

    private static final double MARGIN = 18;
    private static final double TOKEN = 13;
    private static final double NUMBER = 8.5;
    private static final double BOX = 22;
    private static final double LINE = 40;
    private static final double GAP = 3;
    private static final double NARROWEST = 26;
    private static final double BAR = 150;
    private static final double FOOT = 46;
    private static final Color MISSING = new Color(0xD0D0D0);

    private final TokenCredit credit;
    private final List<List<Integer>> lines;

    TokenCreditPainter(TokenCredit credit) {
        this.credit = credit;
        this.lines = lines();
    }

    private double tokenWidth(int token) {
        return Math.max(
                NARROWEST,
                10 + Typeface.MONO.width(TokenCredit.visible(credit.tokens().get(token)), TOKEN));
    }

    private List<List<Integer>> lines() {
        List<List<Integer>> all = new ArrayList<>();
        List<Integer> line = new ArrayList<>();
        double x = MARGIN;
        for (int i = 0; i < credit.tokens().size(); i++) {
            double width = tokenWidth(i);
            if (!line.isEmpty() && x + width > WIDTH - MARGIN) {
                all.add(line);
                line = new ArrayList<>();
                x = MARGIN;
            }
            line.add(i);
            x += width + GAP;
            if (credit.tokens().get(i).endsWith("\n")) {
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

    private double top() {
        return credit.title().isEmpty() ? 14 : 40;
    }

    private double block() {
        return 22 + lines.size() * LINE + (credit.scaledEach() ? FOOT : 8);
    }

    int height() {
        double foot = credit.scaledEach() ? 4 : FOOT;
        return (int) Math.ceil(top() + credit.credit().size() * block() + foot);
    }

    void paint(Canvas canvas) {
        TextStyle title = new TextStyle(House.TITLE, House.INK, Align.MIDDLE);
        canvas.text(credit.title(), WIDTH / 2.0, 24, title);
        double y = top();
        for (Map.Entry<String, List<Double>> entry : credit.credit().entrySet()) {
            String method = entry.getKey();
            canvas.text(method, MARGIN, y + 12, new TextStyle(House.AXIS, House.INK, Align.START));
            method(canvas, entry.getValue(), credit.largest(method), y + 22);
            y += block();
            if (credit.scaledEach()) {
                bar(canvas, y - FOOT, credit.largest(method));
            }
        }
        if (!credit.scaledEach()) {
            bar(canvas, y, credit.largest(""));
        }
    }

    private void method(Canvas canvas, List<Double> values, double largest, double top) {
        double y = top;
        for (List<Integer> line : lines) {
            double x = MARGIN;
            for (int token : line) {
                double width = tokenWidth(token);
                token(canvas, x, y, width, token, values.get(token), largest);
                x += width + GAP;
            }
            y += LINE;
        }
    }

    private void token(Canvas canvas, double x, double y, double width, int token, double value, double largest) {
        Color ground = Double.isFinite(value) ? Cells.diverging(value / largest) : MISSING;
        canvas.fill(new RoundRectangle2D.Double(x, y, width, BOX, 5, 5), ground);
        TextStyle style = new TextStyle(Typeface.MONO, TOKEN, Cells.inkOn(ground), Align.MIDDLE, 0);
        canvas.text(TokenCredit.visible(credit.tokens().get(token)), x + width / 2, y + 15.5, style);
        String number = number(value, largest);
        TextStyle small = new TextStyle(NUMBER, House.FAINT_INK, Align.MIDDLE);
        if (small.width(number) <= width + GAP) {
            canvas.text(number, x + width / 2, y + BOX + 10, small);
        }
    }

    /** With a sign and as many decimals as tell the tokens apart. */
    static String number(double value, double largest) {
        if (!Double.isFinite(value)) {
            return "NaN";
        }
        if (value == 0) {
            return "0";
        }
        int decimals = largest >= 100 ? 0 : largest >= 10 ? 1 : largest >= 0.1 ? 2 : 3;
        String text = Digits.fixed(value, decimals);
        return value > 0 ? "+" + text : TickText.signed(text);
    }

    private static void bar(Canvas canvas, double y, double largest) {
        int steps = 60;
        for (int i = 0; i < steps; i++) {
            Color color = Cells.diverging((i + 0.5) / steps * 2 - 1);
            canvas.fill(new Rectangle2D.Double(MARGIN + i * BAR / steps, y + 4, BAR / steps + 0.3, 9), color);
        }
        TextStyle style = new TextStyle(House.NOTE, House.SOFT_INK, Align.MIDDLE);
        String end = Digits.significant(largest, 3);
        canvas.text("−" + end, MARGIN + 8, y + 26, style);
        canvas.text("0", MARGIN + BAR / 2, y + 26, style);
        canvas.text("+" + end, MARGIN + BAR - 8, y + 26, style);
        canvas.text("credit", MARGIN + BAR + 28, y + 13, style);
    }
}
