package org.rewardlab.lab.plot;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.display.Displayable;

/**
 * Panels in a grid under one title, with a caption and, where all panels list the same methods, one legend. Drawn the same
 * to the byte on every machine: it carries its own font and prints its own numbers.
 *
 * @param panels at least one, row by row
 * @param title above all panels; empty for none
 * @param caption below; notes of the panels (intervals, seeds, values left out) follow it
 * @param columns of the grid; 0 to choose
 */
public record Figure(List<Panel> panels, String title, String caption, int columns) implements Displayable {
    public Figure {
        panels = List.copyOf(panels);
        Check.notEmpty("panels", panels.size());
        if (columns < 0) {
            throw new IllegalArgumentException("columns: expected at least 0 (0: chosen), got " + columns);
        }
    }

    /** The same panels under a title. */
    public Figure title(String text) {
        return new Figure(panels, text, caption, columns);
    }

    /** The same panels over a caption. */
    public Figure caption(String text) {
        return new Figure(panels, title, text, columns);
    }

    /** The same panels in so many columns. */
    public Figure columns(int count) {
        return new Figure(panels, title, caption, count);
    }

    /** The SVG document. */
    public String svg() {
        return rendering().svg();
    }

    /** The picture at twice its size on screen. */
    public BufferedImage image() {
        return rendering().image();
    }

    /** The picture as the bytes of a PNG file. */
    public byte[] png() {
        return rendering().png();
    }

    /** A PNG of the size on screen, for notebooks, which carry the SVG beside it. */
    public byte[] preview() {
        return rendering().preview();
    }

    private Rendering rendering() {
        FigurePainter painter = new FigurePainter(this);
        return new Rendering(painter.width(), painter.height(), name(), painter::paint);
    }

    /** The numbers that are drawn, one row each: panel, mark, series, x, y, low, high, value. */
    public String csv() {
        NumberTable table = new NumberTable();
        int number = 1;
        for (Panel panel : panels) {
            table.panel(panel.title().isEmpty() ? Integer.toString(number) : panel.title());
            panel.marks().forEach(mark -> mark.numbers(table));
            number++;
        }
        return table.csv();
    }

    /**
     * Writes {@code name.svg}, {@code name.png} and {@code name.csv}. Each is written aside and moved into place, so that a
     * reader never sees half a file; a folder that is missing is made.
     *
     * @param folder where
     * @param name without suffix: letters, digits, dots, dashes and underscores
     */
    public Figure save(Path folder, String name) {
        rendering().save(folder, name, csv());
        return this;
    }

    private String name() {
        return title.isEmpty() ? panels.get(0).title() : title;
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("image/svg+xml", svg());
        bundle.put("text/plain", toString());
        return bundle;
    }

    @Override
    public String toString() {
        return "Figure" + (name().isEmpty() ? "" : " \"" + name() + "\"") + ", " + panels.size()
                + (panels.size() == 1 ? " panel" : " panels");
    }
}
