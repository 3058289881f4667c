package org.rewardlab.lab.plot;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A legend's entries and how they are laid out.
 *
 * @param keys one for each label, in the order in which they are listed
 */
record Legend(List<Key> keys) {
    private static final double ROW = 17;
    private static final double GAP = 7;
    private static final double PAD = 6;
    private static final double BETWEEN = 20;
    private static final TextStyle TEXT = new TextStyle(House.LEGEND, House.INK, Align.START);

    /** Of all marks: each label once, from the highest rank to the lowest. */
    static Legend of(List<Mark> marks) {
        Map<String, Key> keys = new LinkedHashMap<>();
        for (Mark mark : marks) {
            mark.key().ifPresent(key -> keys.putIfAbsent(key.label(), key));
        }
        List<Key> sorted = new ArrayList<>(keys.values());
        sorted.sort(Comparator.comparingDouble(Key::rank).reversed());
        return new Legend(sorted);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    List<String> labels() {
        return keys.stream().map(Key::label).sorted().toList();
    }

    /** Width in one column. */
    double width() {
        double widest =
                keys.stream().mapToDouble(key -> TEXT.width(key.label())).max().orElse(0);
        return 2 * PAD + Key.SYMBOL_WIDTH + GAP + widest;
    }

    /** Height in one column. */
    double height() {
        return 2 * PAD + ROW * keys.size() - 3;
    }

    /** One entry below the other on a see-through ground. */
    void paint(Canvas canvas, double x, double y, Palette palette, boolean onData) {
        if (onData) {
            canvas.fill(new Rectangle2D.Double(x, y, width(), height()), House.faded(House.PAPER, 215));
        }
        double row = y + PAD + ROW / 2 - 1.5;
        for (Key key : keys) {
            key.paintSymbol(canvas, x + PAD, row, palette.style(key.label()));
            canvas.text(key.label(), x + PAD + Key.SYMBOL_WIDTH + GAP, row + 0.36 * House.LEGEND, TEXT);
            row += ROW;
        }
    }

    /** Rows of a strip no wider than {@code width}. */
    List<List<Key>> strip(double width) {
        List<List<Key>> rows = new ArrayList<>();
        List<Key> row = new ArrayList<>();
        double taken = 0;
        for (Key key : keys) {
            double own = Key.SYMBOL_WIDTH + GAP + TEXT.width(key.label()) + BETWEEN;
            if (!row.isEmpty() && taken + own - BETWEEN > width) {
                rows.add(row);
                row = new ArrayList<>();
                taken = 0;
            }
            row.add(key);
            taken += own;
        }
        if (!row.isEmpty()) {
            rows.add(row);
        }
        return rows;
    }

    static double stripHeight(List<List<Key>> rows) {
        return rows.isEmpty() ? 0 : rows.size() * ROW + 6;
    }

    /** Entries side by side, centred. */
    void paintStrip(Canvas canvas, double x, double y, double width, Palette palette) {
        double middle = y + ROW / 2;
        for (List<Key> row : strip(width)) {
            double taken = -BETWEEN;
            for (Key key : row) {
                taken += Key.SYMBOL_WIDTH + GAP + TEXT.width(key.label()) + BETWEEN;
            }
            double at = x + (width - taken) / 2;
            for (Key key : row) {
                key.paintSymbol(canvas, at, middle, palette.style(key.label()));
                canvas.text(key.label(), at + Key.SYMBOL_WIDTH + GAP, middle + 0.36 * House.LEGEND, TEXT);
                at += Key.SYMBOL_WIDTH + GAP + TEXT.width(key.label()) + BETWEEN;
            }
            middle += ROW;
        }
    }
}
