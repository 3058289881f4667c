package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.display.Html;

/**
 * A tree from left to right, once for each method: a column for each depth, a line for each leaf, and each node in the middle
 * of what follows it.
 *
 * @param labels of the nodes
 * @param parents of the nodes, negative for first steps
 */
record CreditTree(List<String> labels, List<Integer> parents) implements CreditScene {
    private static final double HEAD = 22;
    private static final double LINE = 36;
    private static final double BOX = 20;
    private static final double STEM = 14;
    private static final double LINK = 24;
    private static final double NARROWEST = 38;
    private static final double WIDEST = 130;
    private static final double NUMBER = 8.5;

    CreditTree {
        labels = List.copyOf(labels);
        parents = List.copyOf(parents);
        Check.notEmpty("labels", labels.size());
        if (parents.size() != labels.size()) {
            throw new IllegalArgumentException(
                    "parents: expected " + labels.size() + ", one for each label, got " + parents.size());
        }
        for (int node = 0; node < parents.size(); node++) {
            int steps = 0;
            for (int at = node; at >= 0; at = parents.get(at)) {
                if (at >= parents.size() || steps++ > parents.size()) {
                    throw new IllegalArgumentException("parents: expected nodes below " + parents.size()
                            + " and no circle, got " + parents.get(node) + " for node " + node);
                }
            }
        }
    }

    @Override
    public String part() {
        return "node";
    }

    @Override
    public List<String> parts() {
        return labels;
    }

    @Override
    public NDArray numbering(Rollouts rollouts) {
        return org.rewardlab.tensor.Check.present("nodes", rollouts.nodes(), "credit of a tree");
    }

    @Override
    public boolean wholeBatch() {
        return true;
    }

    /** The nodes after a node, or the first ones for -1. */
    private List<Integer> after(int node) {
        return IntStream.range(0, parents.size())
                .filter(i -> node < 0 ? parents.get(i) < 0 : parents.get(i) == node)
                .boxed()
                .toList();
    }

    private int depth(int node) {
        int depth = 0;
        for (int at = parents.get(node); at >= 0; at = parents.get(at)) {
            depth++;
        }
        return depth;
    }

    /** All nodes, each before what follows it. */
    private List<Integer> inOrder() {
        List<Integer> order = new ArrayList<>();
        List<Integer> open = new ArrayList<>(after(-1));
        while (!open.isEmpty()) {
            int node = open.remove(0);
            order.add(node);
            open.addAll(0, after(node));
        }
        return order;
    }

    /** The line of each node: leaves one below the other, others in the middle. */
    private double[] lines() {
        double[] line = new double[labels.size()];
        List<Integer> order = new ArrayList<>(inOrder());
        int leaves = 0;
        for (int node : order) {
            line[node] = after(node).isEmpty() ? leaves++ : 0;
        }
        Collections.reverse(order);
        for (int node : order) {
            List<Integer> next = after(node);
            if (!next.isEmpty()) {
                line[node] = (line[next.get(0)] + line[next.get(next.size() - 1)]) / 2;
            }
        }
        return line;
    }

    private int depths() {
        return 1 + IntStream.range(0, labels.size()).map(this::depth).max().orElse(0);
    }

    private long leaves() {
        return IntStream.range(0, labels.size())
                .filter(node -> after(node).isEmpty())
                .count();
    }

    private static TextStyle label(CreditLayer layer, double value) {
        return new TextStyle(House.TICK, layer.scale().ink(value), Align.MIDDLE);
    }

    private double boxWidth() {
        TextStyle style = new TextStyle(House.TICK, House.INK, Align.MIDDLE);
        double widest = labels.stream().mapToDouble(style::width).max().orElse(0) + 12;
        double room = (WIDTH - 2 * MARGIN - STEM + LINK) / depths() - LINK;
        return Math.max(NARROWEST, Math.min(WIDEST, Math.min(widest, room)));
    }

    @Override
    public double width() {
        return Math.max(WIDTH, 2 * MARGIN + STEM + depths() * (boxWidth() + LINK) - LINK);
    }

    @Override
    public double height(List<CreditLayer> layers) {
        return layers.size() * (HEAD + leaves() * LINE + 8);
    }

    @Override
    public void paint(Canvas canvas, List<CreditLayer> layers, double top) {
        double y = top;
        for (CreditLayer layer : layers) {
            canvas.text(layer.method(), MARGIN, y + 12, new TextStyle(House.AXIS, House.INK, Align.START));
            tree(canvas, layer, y + HEAD);
            y += HEAD + leaves() * LINE + 8;
        }
    }

    private void tree(Canvas canvas, CreditLayer layer, double top) {
        double[] line = lines();
        double box = boxWidth();
        List<Integer> first = after(-1);
        double stem = (line[first.get(0)] + line[first.get(first.size() - 1)]) / 2;
        for (int node = 0; node < labels.size(); node++) {
            double x = MARGIN + STEM + depth(node) * (box + LINK);
            double y = top + line[node] * LINE;
            int parent = parents.get(node);
            double from = parent < 0 ? MARGIN : x - LINK;
            double middle = parent < 0 ? MARGIN : x - LINK / 2;
            double fromY = top + (parent < 0 ? stem : line[parent]) * LINE + BOX / 2;
            Path2D.Double link = new Path2D.Double();
            link.moveTo(from, fromY);
            link.lineTo(middle, fromY);
            link.lineTo(middle, y + BOX / 2);
            link.lineTo(x, y + BOX / 2);
            canvas.draw(link, House.FAINT_INK, House.SPINE_LINE);
        }
        for (int node = 0; node < labels.size(); node++) {
            double x = MARGIN + STEM + depth(node) * (box + LINK);
            double y = top + line[node] * LINE;
            double value = layer.credit().get(node);
            canvas.fill(
                    new RoundRectangle2D.Double(x, y, box, BOX, 5, 5),
                    layer.scale().ground(value));
            canvas.draw(new RoundRectangle2D.Double(x, y, box, BOX, 5, 5), House.FAINT_INK, House.GRID_LINE);
            TextStyle style = label(layer, value);
            canvas.text(style.cut(labels.get(node).replace('\n', ' '), box - 6), x + box / 2, y + 14, style);
            canvas.text(
                    layer.scale().brief(value),
                    x + box / 2,
                    y + BOX + 10,
                    new TextStyle(NUMBER, House.FAINT_INK, Align.MIDDLE));
        }
    }

    @Override
    public void html(StringBuilder html, List<CreditLayer> layers) {
        html.append("<table style=\"border-collapse:separate;border-spacing:3px\"><tr><th></th>");
        layers.forEach(layer -> html.append("<th style=\"text-align:center;font-weight:normal;padding:2px 8px\">")
                .append(Html.escape(layer.method()))
                .append("</th>"));
        for (int node : inOrder()) {
            html.append("</tr><tr><td style=\"text-align:left;white-space:pre;padding:2px 8px\">")
                    .append(" │ ".repeat(Math.max(0, depth(node) - 1)))
                    .append(depth(node) == 0 ? "" : " └ ")
                    .append(Html.escape(labels.get(node)))
                    .append("</td>");
            for (CreditLayer layer : layers) {
                double value = layer.credit().get(node);
                html.append("<td")
                        .append(layer.scale().attributes(value, "border-radius:3px;padding:2px 10px;text-align:center"))
                        .append('>')
                        .append(layer.scale().brief(value))
                        .append("</td>");
            }
        }
        html.append("</tr></table>");
    }
}
