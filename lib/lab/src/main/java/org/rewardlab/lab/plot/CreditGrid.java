package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.display.Html;

/**
 * Steps over a map, a map for each method. A cell has the sum of its steps' credit; the picture leaves zeros out.
 *
 * @param map rows of cells
 * @param path cell of each step
 */
record CreditGrid(List<String> map, List<Integer> path) implements CreditScene {
    private static final double HEAD = 22;
    private static final double GAP = 24;
    private static final double LARGEST = 46;
    private static final double LEAST = 26;
    private static final double NUMBERED = 26;
    private static final Color WALL = new Color(0x6A6A6A);
    private static final int WAY = 130;

    CreditGrid {
        map = List.copyOf(map);
        path = List.copyOf(path);
        Check.notEmpty("map", map.size());
        Check.notEmpty("path", path.size());
        int columns = map.get(0).length();
        for (String row : map) {
            if (row.isEmpty() || row.length() != columns) {
                throw new IllegalArgumentException(
                        "map: expected rows of " + Math.max(1, columns) + " cells, got \"" + row + "\"");
            }
        }
        for (int cell : path) {
            if (cell < 0 || cell >= map.size() * columns) {
                throw new IllegalArgumentException(
                        "path: expected cells 0 to " + (map.size() * columns - 1) + ", got " + cell);
            }
        }
    }

    @Override
    public String part() {
        return "step";
    }

    private int columns() {
        return map.get(0).length();
    }

    private int row(int cell) {
        return cell / columns();
    }

    private int column(int cell) {
        return cell % columns();
    }

    @Override
    public List<String> parts() {
        return path.stream()
                .map(cell -> "row " + row(cell) + " column " + column(cell))
                .toList();
    }

    @Override
    public @Nullable NDArray numbering(Rollouts rollouts) {
        return rollouts.turns();
    }

    /** As many as keep their cells readable, the same number in each line where that can be. */
    private int mapsInLine(List<CreditLayer> layers) {
        int most = layers.size();
        while (most > 1 && size(most) < LEAST) {
            most--;
        }
        int lines = (layers.size() + most - 1) / most;
        return (layers.size() + lines - 1) / lines;
    }

    private double size(int mapsInLine) {
        double room = (WIDTH - 2 * MARGIN - (mapsInLine - 1) * GAP) / mapsInLine;
        return Math.min(LARGEST, Math.floor(room / columns()));
    }

    @Override
    public double height(List<CreditLayer> layers) {
        int inLine = mapsInLine(layers);
        int lines = (layers.size() + inLine - 1) / inLine;
        return lines * (HEAD + map.size() * size(inLine) + 14);
    }

    @Override
    public void paint(Canvas canvas, List<CreditLayer> layers, double top) {
        int inLine = mapsInLine(layers);
        double size = size(inLine);
        for (int m = 0; m < layers.size(); m++) {
            double x = MARGIN + m % inLine * (columns() * size + GAP);
            int line = m / inLine;
            double y = top + line * (HEAD + map.size() * size + 14);
            TextStyle head = new TextStyle(House.AXIS, House.INK, Align.START);
            canvas.text(head.cut(layers.get(m).method(), columns() * size + GAP - 6), x, y + 12, head);
            map(canvas, layers.get(m), x, y + HEAD, size);
        }
    }

    private void map(Canvas canvas, CreditLayer layer, double left, double top, double size) {
        double[] sums = sums(layer);
        for (int cell = 0; cell < sums.length; cell++) {
            if (path.contains(cell) || at(cell) == '#') {
                double x = left + column(cell) * size;
                double y = top + row(cell) * size;
                canvas.fill(new Rectangle2D.Double(x, y, size, size), ground(cell, sums, layer));
            }
        }
        canvas.draw(lattice(left, top, size), House.GRID, House.GRID_LINE);
        way(canvas, left, top, size);
        for (int cell = 0; cell < sums.length; cell++) {
            double x = left + column(cell) * size;
            double y = top + row(cell) * size;
            Color ink = Cells.inkOn(ground(cell, sums, layer));
            canvas.text(letter(cell), x + 4, y + 11, new TextStyle(House.NOTE, ink, Align.START));
            if (path.contains(cell) && sums[cell] != 0 && size >= NUMBERED) {
                String number = layer.scale().brief(sums[cell]);
                TextStyle style = new TextStyle(size < LEAST + 6 ? 8 : 9, ink, Align.MIDDLE);
                double width = Math.min(size - 2, style.width(number) + 4);
                canvas.fill(
                        new Rectangle2D.Double(x + (size - width) / 2, y + size - 12, width, 10),
                        ground(cell, sums, layer));
                canvas.text(number, x + size / 2, y + size - 4, style);
            }
        }
    }

    private Path2D lattice(double left, double top, double size) {
        Path2D.Double lines = new Path2D.Double();
        for (int row = 0; row <= map.size(); row++) {
            lines.moveTo(left, top + row * size);
            lines.lineTo(left + columns() * size, top + row * size);
        }
        for (int column = 0; column <= columns(); column++) {
            lines.moveTo(left + column * size, top);
            lines.lineTo(left + column * size, top + map.size() * size);
        }
        return lines;
    }

    /** The line through the steps, from a point to a ring. */
    private void way(Canvas canvas, double left, double top, double size) {
        Color ink = House.faded(House.INK, WAY);
        Path2D.Double way = new Path2D.Double();
        double x = 0;
        double y = 0;
        for (int k = 0; k < path.size(); k++) {
            x = left + (column(path.get(k)) + 0.5) * size;
            y = top + (row(path.get(k)) + 0.45) * size;
            if (k == 0) {
                way.moveTo(x, y);
                canvas.fill(new Ellipse2D.Double(x - 3, y - 3, 6, 6), ink);
            } else {
                way.lineTo(x, y);
            }
        }
        canvas.draw(way, ink, Canvas.Line.solid(1.2));
        canvas.draw(new Ellipse2D.Double(x - 4, y - 4, 8, 8), ink, Canvas.Line.solid(1.4));
    }

    /** NaN where all steps of a cell are. */
    private double[] sums(CreditLayer layer) {
        double[] sums = new double[map.size() * columns()];
        Arrays.fill(sums, Double.NaN);
        for (int k = 0; k < path.size(); k++) {
            double value = layer.credit().get(k);
            if (Double.isFinite(value)) {
                int cell = path.get(k);
                sums[cell] = Double.isNaN(sums[cell]) ? value : sums[cell] + value;
            }
        }
        return sums;
    }

    private char at(int cell) {
        return map.get(row(cell)).charAt(column(cell));
    }

    private String letter(int cell) {
        char letter = at(cell);
        return letter == '#' || letter == '.' || letter == ' ' ? "" : String.valueOf(letter);
    }

    private Color ground(int cell, double[] sums, CreditLayer layer) {
        if (path.contains(cell)) {
            return layer.scale().ground(sums[cell]);
        }
        return at(cell) == '#' ? WALL : House.PAPER;
    }

    @Override
    public void html(StringBuilder html, List<CreditLayer> layers) {
        String cell = "border:1px solid #888;min-width:30px;padding:0;text-align:center";
        for (CreditLayer layer : layers) {
            double[] sums = sums(layer);
            html.append("<div style=\"display:inline-block;margin:6px 20px 0 0;vertical-align:top\"><div>")
                    .append(Html.escape(layer.method()))
                    .append("</div><table style=\"border-collapse:collapse;font-size:11px\">");
            for (int i = 0; i < sums.length; i++) {
                html.append(i % columns() == 0 ? "<tr style=\"height:30px\">" : "")
                        .append("<td");
                if (path.contains(i)) {
                    html.append(layer.scale().attributes(sums[i], cell));
                } else {
                    String wall = at(i) == '#' ? "background:" + CreditScale.hex(WALL) + ";" : "";
                    html.append(" style=\"").append(wall).append(cell).append('"');
                }
                html.append('>').append(Html.escape(letter(i)));
                if (path.contains(i)) {
                    html.append(letter(i).isEmpty() ? "" : "<br>")
                            .append(layer.scale().brief(sums[i]));
                }
                html.append("</td>").append(i % columns() == columns() - 1 ? "</tr>" : "");
            }
            html.append("</table></div>");
        }
    }
}
