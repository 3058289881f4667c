package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.display.Displayable;

/**
 * One plot with its axes. Immutable: each method returns a new panel. {@link Plots} makes panels; {@link #and} lays several
 * over one another; a {@link Figure} sets them side by side.
 */
public final class Panel implements Displayable {
    private final List<Mark> marks;
    private final String title;
    private final Axis x;
    private final Axis y;
    private final LegendPlace legend;
    private final List<String> order;
    private final List<String> notes;

    private Panel(
            List<Mark> marks,
            String title,
            Axis x,
            Axis y,
            LegendPlace legend,
            List<String> order,
            List<String> notes) {
        this.marks = List.copyOf(marks);
        this.title = title;
        this.x = x;
        this.y = y;
        this.legend = legend;
        this.order = List.copyOf(order);
        this.notes = List.copyOf(notes);
    }

    static Panel of(Mark... marks) {
        return new Panel(List.of(marks), "", Axis.PLAIN, Axis.PLAIN, LegendPlace.AUTO, List.of(), List.of());
    }

    static Panel of(List<? extends Mark> marks) {
        return of(marks.toArray(Mark[]::new));
    }

    /** What stands above the plot. */
    public Panel title(String text) {
        return new Panel(marks, text, x, y, legend, order, notes);
    }

    /** What the horizontal axis shows, with its unit. */
    public Panel x(String label) {
        return new Panel(marks, title, x.labelled(label), y, legend, order, notes);
    }

    /** What the vertical axis shows, with its unit. */
    public Panel y(String label) {
        return new Panel(marks, title, x, y.labelled(label), legend, order, notes);
    }

    /** Makes the horizontal axis logarithmic; values at or below zero are left out and counted in the caption. */
    public Panel logX() {
        return new Panel(marks, title, x.logarithmic(), y, legend, order, notes);
    }

    /** Makes the vertical axis logarithmic; values at or below zero are left out and counted in the caption. */
    public Panel logY() {
        return new Panel(marks, title, x, y.logarithmic(), legend, order, notes);
    }

    /** Fixes the ends of the horizontal axis; NaN leaves an end to the data. */
    public Panel rangeX(double low, double high) {
        return new Panel(marks, title, x.ranging(low, high), y, legend, order, notes);
    }

    /** Fixes the ends of the vertical axis; NaN leaves an end to the data. */
    public Panel rangeY(double low, double high) {
        return new Panel(marks, title, x, y.ranging(low, high), legend, order, notes);
    }

    /** Where the legend stands. */
    public Panel legend(LegendPlace place) {
        return new Panel(marks, title, x, y, place, order, notes);
    }

    /**
     * The names of the methods in the order that gives them their colours; it may name more than the panel shows, so that a
     * method looks the same in a panel that shows only some.
     */
    public Panel order(List<String> labels) {
        return new Panel(marks, title, x, y, legend, labels, notes);
    }

    /** A line for the caption, such as which interval a band shows. */
    public Panel note(String text) {
        List<String> more = new ArrayList<>(notes);
        if (!text.isEmpty() && !notes.contains(text)) {
            more.add(text);
        }
        return new Panel(marks, title, x, y, legend, order, more);
    }

    /** A dashed grey line at a height, such as a bound. */
    public Panel horizontal(double at, String label) {
        return and(of(new Rule(Rule.Kind.HORIZONTAL, at, label)));
    }

    /** A dashed grey line at a place along the horizontal axis. */
    public Panel vertical(double at, String label) {
        return and(of(new Rule(Rule.Kind.VERTICAL, at, label)));
    }

    /** A remark at a place in the plot, such as where the reward is hacked. */
    public Panel text(double atX, double atY, String text) {
        return and(of(new Words(atX, atY, text)));
    }

    /** Lays another panel over this one; what this one leaves open (title, labels, ranges) is taken from the other. */
    public Panel and(Panel other) {
        List<Mark> all = new ArrayList<>(marks);
        all.addAll(other.marks);
        List<String> orders = new ArrayList<>(new LinkedHashSet<>(joined(order, other.order)));
        List<String> allNotes = new ArrayList<>(new LinkedHashSet<>(joined(notes, other.notes)));
        return new Panel(
                all,
                title.isEmpty() ? other.title : title,
                x.orElse(other.x),
                y.orElse(other.y),
                legend == LegendPlace.AUTO ? other.legend : legend,
                orders,
                allNotes);
    }

    private static List<String> joined(List<String> a, List<String> b) {
        List<String> both = new ArrayList<>(a);
        both.addAll(b);
        return both;
    }

    Panel xAxis(Axis axis) {
        return new Panel(marks, title, axis, y, legend, order, notes);
    }

    Panel yAxis(Axis axis) {
        return new Panel(marks, title, x, axis, legend, order, notes);
    }

    List<Mark> marks() {
        return marks;
    }

    String title() {
        return title;
    }

    Axis xAxis() {
        return x;
    }

    Axis yAxis() {
        return y;
    }

    LegendPlace legendPlace() {
        return legend;
    }

    /** Names that need a style: the order given, then those of the marks as they come. */
    List<String> labels() {
        LinkedHashSet<String> labels = new LinkedHashSet<>(order);
        marks.forEach(mark -> labels.addAll(mark.labels()));
        return List.copyOf(labels);
    }

    /** Lines for the caption, with the count of values that could not be drawn. */
    List<String> notes() {
        int missing = marks.stream().mapToInt(m -> m.missing(x.log(), y.log())).sum();
        List<String> all = cutBars() ? joined(notes, List.of("The vertical axis does not start at 0")) : notes;
        if (missing == 0) {
            return all;
        }
        String reason = x.log() || y.log() ? "not finite, or not above 0 on a logarithmic axis" : "not finite";
        return joined(all, List.of(missing + (missing == 1 ? " value" : " values") + " not drawn: " + reason));
    }

    private boolean cutBars() {
        return y.low() > 0 && marks.stream().anyMatch(Bars.class::isInstance);
    }

    @Override
    public Map<String, Object> mimeBundle() {
        return Plots.figure(this).mimeBundle();
    }

    @Override
    public String toString() {
        return "Panel" + (title.isEmpty() ? "" : " \"" + title + "\"") + " of " + marks.size() + " marks";
    }
}
