package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;

/** Lays out the grid of a figure and draws it; plot areas of one row and one column are aligned. */
final class FigurePainter {
    private static final double GAP = 6;
    private static final double LINE = 15;
    private static final double PAD = 10;

    private final Figure figure;
    private final int columns;
    private final int rows;
    private final double panelWidth;
    private final double panelHeight;
    private final double titleHeight;
    private final Legend shared;
    private final List<String> caption;
    private final List<PanelPainter> painters = new ArrayList<>();

    FigurePainter(Figure figure) {
        this.figure = figure;
        List<Panel> panels = figure.panels();
        columns = figure.columns() > 0 ? Math.min(figure.columns(), panels.size()) : columns(panels.size());
        panelWidth = columns == 1 ? House.WIDTH : columns == 2 ? House.MIDDLE_WIDTH : House.NARROW_WIDTH;
        panelHeight = columns == 1 ? House.HEIGHT : columns == 2 ? House.MIDDLE_HEIGHT : House.NARROW_HEIGHT;
        rows = (panels.size() + columns - 1) / columns;
        titleHeight = figure.title().isEmpty() ? 0 : 30;
        shared = shared(panels);
        for (Panel panel : panels) {
            painters.add(new PanelPainter(panel, palette(panel, panels), shared.isEmpty(), panelWidth, panelHeight));
        }
        caption = caption();
    }

    private static int columns(int panels) {
        return panels <= 3 ? panels : panels == 4 ? 2 : 3;
    }

    /** Styles for a panel and all that share methods with it, directly or through others: one look for each method. */
    private static Palette palette(Panel panel, List<Panel> all) {
        LinkedHashSet<String> related = new LinkedHashSet<>(panel.labels());
        int before;
        do {
            before = related.size();
            for (Panel other : all) {
                if (!Collections.disjoint(related, other.labels())) {
                    related.addAll(other.labels());
                }
            }
        } while (related.size() > before);
        List<String> inOrder = all.stream()
                .flatMap(other -> other.labels().stream())
                .filter(related::contains)
                .distinct()
                .toList();
        return Palette.of(inOrder);
    }

    /** One legend for all panels if there are several and each would list the same. */
    private static Legend shared(List<Panel> panels) {
        Legend first = Legend.of(panels.get(0).marks());
        boolean same = panels.size() > 1
                && panels.stream()
                        .allMatch(p -> p.legendPlace() == LegendPlace.AUTO
                                && Legend.of(p.marks()).labels().equals(first.labels()));
        return same ? first : new Legend(List.of());
    }

    private List<String> caption() {
        LinkedHashSet<String> notes = new LinkedHashSet<>();
        figure.panels().forEach(panel -> notes.addAll(panel.notes()));
        StringBuilder text = new StringBuilder(figure.caption());
        for (String note : notes) {
            text.append(text.length() == 0 ? "" : text.charAt(text.length() - 1) == '.' ? " " : ". ")
                    .append(note);
        }
        TextStyle style = new TextStyle(House.NOTE, House.FAINT_INK, Align.START);
        return style.wrapped(text.toString(), width() - 4 * PAD);
    }

    int width() {
        return (int) (columns * panelWidth + (columns - 1) * GAP);
    }

    int height() {
        return (int) (captionTop() + (caption.isEmpty() ? 0 : caption.size() * LINE + PAD));
    }

    private double legendTop() {
        return titleHeight + rows * panelHeight + (rows - 1) * GAP;
    }

    private double captionTop() {
        return legendTop() + Legend.stripHeight(shared.strip(width() - 4 * PAD));
    }

    void paint(Canvas canvas) {
        canvas.text(figure.title(), width() / 2.0, 22, new TextStyle(House.TITLE + 1.5, House.INK, Align.MIDDLE));
        Panel first = figure.panels().get(0);
        List<Margins> margins = margins();
        for (int i = 0; i < painters.size(); i++) {
            int row = i / columns;
            double x = i % columns * (panelWidth + GAP);
            double y = titleHeight + row * (panelHeight + GAP);
            painters.get(i).paint(canvas, x, y, aligned(margins, i));
        }
        shared.paintStrip(canvas, 2 * PAD, legendTop(), width() - 4 * PAD, palette(first, figure.panels()));
        TextStyle note = new TextStyle(House.NOTE, House.FAINT_INK, Align.START);
        double y = captionTop() + House.NOTE;
        for (String line : caption) {
            canvas.text(line, 1.6 * PAD, y, note);
            y += LINE;
        }
    }

    /** What each panel needs, with its legend inside only where nothing is covered once the grid is aligned. */
    private List<Margins> margins() {
        boolean settled = false;
        List<Margins> margins = List.of();
        while (!settled) {
            margins = painters.stream().map(PanelPainter::margins).toList();
            settled = true;
            for (int i = 0; i < painters.size(); i++) {
                settled &= !painters.get(i).makesRoom(aligned(margins, i));
            }
        }
        return margins;
    }

    /** Left and right as the widest of its column, top and bottom as the highest of its row. */
    private Margins aligned(List<Margins> all, int index) {
        Margins column = Margins.NONE;
        Margins row = Margins.NONE;
        for (int i = 0; i < all.size(); i++) {
            column = i % columns == index % columns ? column.largest(all.get(i)) : column;
            row = i / columns == index / columns ? row.largest(all.get(i)) : row;
        }
        return new Margins(row.top(), column.left(), row.bottom(), column.right());
    }
}
