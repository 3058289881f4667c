package org.rewardlab.workbench.widget;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The words for controls that every cell may use without an import. A control that is the last expression of a cell is shown;
 * so is one given to {@code show}.
 */
public final class Widgets {

    private Widgets() {}

    /** A slider over the real numbers from {@code min} to {@code max}, which stands at {@code value} first. */
    public static FloatSlider slider(String description, double min, double max, double value) {
        return new FloatSlider(description, min, max, value);
    }

    /** A slider over the whole numbers from {@code min} to {@code max}, which stands at {@code value} first. */
    public static IntSlider slider(String description, int min, int max, int value) {
        return new IntSlider(description, min, max, value);
    }

    /** A slider over positive numbers on which equal ways are equal factors, such as learning rates. */
    public static FloatLogSlider logSlider(String description, double min, double max, double value) {
        return new FloatLogSlider(description, min, max, value);
    }

    /** One of several options, the first at first. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public static <T> Dropdown<T> dropdown(String description, T... options) {
        return new Dropdown<>(description, Arrays.stream(options).toList());
    }

    /** One of several options, the first at first. */
    public static <T> Dropdown<T> dropdown(String description, List<? extends T> options) {
        return new Dropdown<>(description, options);
    }

    /** Yes or no. */
    public static Checkbox checkbox(String description, boolean value) {
        return new Checkbox(description, value);
    }

    /** A line of text; its value changes when the reader leaves it or presses Enter. */
    public static TextField textField(String description, String value) {
        return new TextField(description, value);
    }

    /** A button to press. */
    public static Button button(String description) {
        return new Button(description);
    }

    /** Text among the controls. */
    public static Writing label(String text) {
        return Writing.label(text);
    }

    /** HTML among the controls. */
    public static Writing html(String html) {
        return Writing.html(html);
    }

    /** A picture among the controls, from PNG data. */
    public static Picture picture(byte[] png) {
        return new Picture(png);
    }

    /** A place among the controls for what code prints and shows. */
    public static OutputArea outputArea() {
        return new OutputArea();
    }

    /** Widgets beside one another. */
    public static Box row(Widget... children) {
        return Box.row(List.of(children));
    }

    /** Widgets below one another. */
    public static Box column(Widget... children) {
        return Box.column(List.of(children));
    }

    /** Widgets of which one is seen at a time, by their titles in the order of the map. */
    public static Tabs tabs(Map<String, ? extends Widget> pages) {
        return new Tabs(pages);
    }

    /** Shows a control and below it what the function makes of its value, again at each change: a figure, say. */
    public static <A> void interact(Control<A> control, Function<? super A, ? extends @Nullable Object> function) {
        Interaction.start(List.of(control), () -> function.apply(control.value()));
    }

    /** The same with two controls. */
    public static <A, B> void interact(
            Control<A> first,
            Control<B> second,
            BiFunction<? super A, ? super B, ? extends @Nullable Object> function) {
        Interaction.start(List.of(first, second), () -> function.apply(first.value(), second.value()));
    }

    /** The same with three controls. */
    public static <A, B, C> void interact(
            Control<A> first, Control<B> second, Control<C> third, Function3<A, B, C> function) {
        Interaction.start(
                List.of(first, second, third), () -> function.apply(first.value(), second.value(), third.value()));
    }

    /** A function of the values of three controls. */
    @FunctionalInterface
    public interface Function3<A, B, C> {

        /** What is shown for these values. */
        @Nullable
        Object apply(A first, B second, C third);
    }
}
