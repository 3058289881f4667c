package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.jspecify.annotations.Nullable;

/** Splits a cell into the parts that JShell evaluates one by one, and joins neighbouring plain statements into blocks. */
final class CellSplitter {

    private static final int JOINED_CHARS = 12_000;

    private final Supplier<SourceCodeAnalysis> analysis;
    private final BlockParser parser = new BlockParser();

    /** A splitter that asks for JShell's analysis only where a parse is not enough. */
    CellSplitter(Supplier<SourceCodeAnalysis> analysis) {
        this.analysis = analysis;
    }

    /** Thrown for a cell that ends inside a bracket, a string or a comment. */
    static final class Incomplete extends Exception {

        private static final long serialVersionUID = 1L;

        private final int start;

        Incomplete(int start) {
            super("the code is incomplete", null, false, false);
            this.start = start;
        }

        /** Where the unfinished part begins. */
        int start() {
            return start;
        }
    }

    /**
     * The parts of a cell.
     *
     * @param notValue a part that has turned out to have no value, though it looked as if; null where there is none
     */
    List<Part> split(String text, @Nullable Part notValue) throws Incomplete {
        if (text.isBlank()) {
            return List.of();
        }
        List<Part> whole = parser.parse(text);
        List<Part> parts = whole != null ? whole : oneByOne(text);
        return notValue != null && parts.equals(List.of(notValue))
                ? List.of(new Part(notValue.start(), notValue.end(), Part.Kind.EXPRESSION, false))
                : parts;
    }

    private List<Part> oneByOne(String text) throws Incomplete {
        List<Part> parts = new ArrayList<>();
        String known = text.replace("non-sealed ", "final      "); // JShell would see a difference of variables in it
        int start = 0;
        while (start < text.length()) {
            CompletionInfo info = analysis.get().analyzeCompletion(known.substring(start));
            Completeness completeness = info.completeness();
            if (completeness == Completeness.EMPTY) {
                break;
            }
            if (completeness == Completeness.DEFINITELY_INCOMPLETE) {
                throw new Incomplete(start);
            }
            int end =
                    completeness.isComplete() ? text.length() - info.remaining().length() : text.length();
            if (end <= start) {
                break;
            }
            parts.addAll(classified(text, start, end));
            start = end;
        }
        return parts;
    }

    /** What one piece is; what does not parse as a statement is left to JShell. */
    private List<Part> classified(String text, int from, int end) {
        // JShell counts lines from the first character that is not blank.
        int start = from;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        String piece = text.substring(start, end);
        List<Part> inside = parser.parse(piece);
        if (inside == null || inside.size() != 1) {
            boolean terminated = piece.stripTrailing().endsWith(";");
            return piece.isBlank() ? List.of() : List.of(new Part(start, end, Part.Kind.OTHER, terminated));
        }
        Part part = inside.get(0);
        return List.of(new Part(start + part.start(), start + part.end(), part.kind(), part.terminated()));
    }

    /** The source of a part; a cell may leave out its last semicolon, where JShell cannot do without. */
    String terminated(Part part, String cell) {
        String source = part.of(cell);
        if (JavaMask.of(source).stripTrailing().endsWith(";")) {
            return source;
        }
        if (part.kind() != Part.Kind.OTHER) {
            return source.endsWith("}") ? source : source + ";";
        }
        Completeness completeness = analysis.get().analyzeCompletion(source).completeness();
        return completeness == Completeness.COMPLETE_WITH_SEMI ? source + "\n;" : source; // after a remark on the line
    }

    /** A stretch of the cell that is evaluated at once: one part, or several plain statements. */
    record Stretch(List<Part> parts) {

        boolean joined() {
            return parts.size() > 1;
        }

        List<Stretch> halves() {
            int middle = parts.size() / 2;
            return List.of(new Stretch(parts.subList(0, middle)), new Stretch(parts.subList(middle, parts.size())));
        }
    }

    /** Groups plain statements; the last part of the cell stays alone where its value would be shown. */
    List<Stretch> stretches(String text, List<Part> parts) {
        List<Stretch> stretches = new ArrayList<>();
        List<Part> run = new ArrayList<>();
        for (Part part : parts) {
            boolean plain = part.kind() == Part.Kind.STATEMENT && !callsMagic(text, part);
            boolean full = !run.isEmpty() && part.end() - run.get(0).start() > JOINED_CHARS;
            if (!plain || full) {
                close(run, stretches);
            }
            if (plain) {
                run.add(part);
            } else {
                stretches.add(new Stretch(List.of(part)));
            }
        }
        close(run, stretches);
        return stretches;
    }

    /** A magic may change the class path, on which the statements after it depend. */
    private static boolean callsMagic(String text, Part part) {
        String source = part.of(text);
        return source.contains("lineMagic(") || source.contains("cellMagic(");
    }

    private static void close(List<Part> run, List<Stretch> stretches) {
        if (!run.isEmpty()) {
            stretches.add(new Stretch(List.copyOf(run)));
            run.clear();
        }
    }
}
