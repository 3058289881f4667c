package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is said of something that a cell threw: its message, the line in the cell, and the frames that mean something. */
final class RuntimeReport {

    private static final int MAX_FRAMES = 30;
    private static final List<String> HIDDEN = List.of(
            "jdk.jshell.",
            "jdk.internal.reflect.",
            "java.lang.reflect.Method",
            "java.lang.invoke.LambdaForm",
            "org.dflib.jjava.jupyter.kernel.magic.",
            "org.rewardlab.kernel.");

    private final Map<StackTraceElement, Place> places = new HashMap<>();

    /** A place in a cell. */
    record Place(Origin origin, int line, String method) {

        @Override
        public String toString() {
            return origin.cell().name() + (method.isEmpty() ? "" : " " + method + "()") + ", line " + line;
        }
    }

    /**
     * A report of places that JShell translated.
     *
     * @param raw the frames as the JVM has them
     * @param translated the same frames in terms of snippets
     */
    RuntimeReport(StackTraceElement[] raw, StackTraceElement[] translated, CellEngine engine) {
        for (int i = 0; i < Math.min(raw.length, translated.length); i++) {
            String file = translated[i].getFileName();
            Origin origin = file != null && file.startsWith("#") ? engine.origin(file.substring(1)) : null;
            if (origin != null) {
                places.put(
                        raw[i],
                        new Place(
                                origin,
                                origin.line(translated[i].getLineNumber()),
                                methodName(translated[i].getClassName(), translated[i].getMethodName())));
            }
        }
    }

    private static String methodName(String type, String method) {
        String plain = method.startsWith("lambda$") ? "lambda" : method;
        if (plain.isEmpty() || plain.startsWith("do_it$")) {
            return "";
        }
        String named = type.replaceAll("(^|\\$)\\d+", "").replace('$', '.'); // as classes without a name have numbers
        return named.isEmpty() || type.startsWith("REPL.") ? plain : named + "." + plain;
    }

    ErrorReport of(Throwable thrown, @Nullable String hint) {
        List<String> lines = new ArrayList<>();
        String name = CellNames.of(thrown.getClass());
        String message = message(thrown);
        lines.add(Ansi.red(name) + (message.isEmpty() ? "" : ": " + Ansi.bold(message)));
        Place first = firstPlace(thrown);
        if (first != null) {
            lines.add(first.toString());
            lines.addAll(SourceView.arrow(first.origin().cell(), first.line()));
        }
        if (hint != null) {
            lines.add(hint);
        }
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.add(thrown);
        frames(thrown, new StackTraceElement[0], "", lines);
        related(thrown, "", seen, lines);
        return new ErrorReport(name, message, lines);
    }

    private void related(Throwable thrown, String indent, Set<Throwable> seen, List<String> lines) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            nested("Suppressed: ", suppressed, thrown, indent + "    ", seen, lines);
        }
        Throwable cause = thrown.getCause();
        if (cause != null) {
            nested("Caused by: ", cause, thrown, indent, seen, lines);
        }
    }

    private void nested(
            String label, Throwable each, Throwable around, String indent, Set<Throwable> seen, List<String> lines) {
        if (!seen.add(each)) {
            lines.add(indent + label + "the same " + CellNames.of(each.getClass()) + " again");
            return;
        }
        String message = message(each);
        lines.add(indent + label + Ansi.red(CellNames.of(each.getClass())) + (message.isEmpty() ? "" : ": " + message));
        frames(each, around.getStackTrace(), indent, lines);
        related(each, indent, seen, lines);
    }

    private void frames(Throwable thrown, StackTraceElement[] around, String indent, List<String> lines) {
        StackTraceElement[] all = thrown.getStackTrace();
        int own = all.length;
        int other = around.length;
        while (own > 0 && other > 0 && all[own - 1].equals(around[other - 1])) {
            own--;
            other--;
        }
        List<String> shown = new ArrayList<>();
        for (StackTraceElement frame : Arrays.asList(all).subList(0, Math.min(own, entry(all)))) {
            String text = frame(frame);
            if (text != null) {
                shown.add(text);
            }
        }
        for (String text : shown.subList(0, Math.min(MAX_FRAMES, shown.size()))) {
            lines.add(indent + "    at " + text);
        }
        if (shown.size() > MAX_FRAMES) {
            lines.add(indent + "    ... " + (shown.size() - MAX_FRAMES) + " more");
        }
        if (own < all.length && own > 0) {
            lines.add(indent + "    ... and the frames above");
        }
    }

    /** How many frames lie above what called the outermost code of a cell: the kernel, or who calls back, such as a slider. */
    private static int entry(StackTraceElement[] frames) {
        for (int i = frames.length - 1; i >= 0; i--) {
            if (CellFrames.isCell(frames[i])) {
                return i + 1;
            }
        }
        return frames.length;
    }

    private @Nullable String frame(StackTraceElement frame) {
        Place place = places.get(frame);
        if (place != null) {
            return place.toString();
        }
        if (CellFrames.isCell(frame)) { // of a statement that still runs, whose lines are not known yet
            String method = frame.getMethodName();
            return method.contains("$") ? "a cell" : method + "() of a cell";
        }
        String type = frame.getClassName();
        if (HIDDEN.stream().anyMatch(type::startsWith) || isThreadStart(frame)) {
            return null;
        }
        return CellNames.plain(frame.toString());
    }

    private static boolean isThreadStart(StackTraceElement frame) {
        return frame.getClassName().equals("java.lang.Thread")
                && frame.getMethodName().startsWith("run");
    }

    private @Nullable Place firstPlace(Throwable thrown) {
        for (Throwable each : CellFrames.family(thrown)) {
            for (StackTraceElement frame : each.getStackTrace()) {
                Place place = places.get(frame);
                if (place != null) {
                    return place;
                }
            }
        }
        return null;
    }

    /** The throwable's message; a failing getMessage must not lose the report. */
    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : CellNames.plain(message);
        } catch (Throwable e) {
            return "(its message cannot be had: " + CellNames.of(e.getClass()) + ")";
        }
    }
}
