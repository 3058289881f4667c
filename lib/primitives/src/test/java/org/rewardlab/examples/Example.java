package org.rewardlab.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One example in the Javadoc of a source file.
 *
 * @param file where it stands
 * @param line of its first line of code, from 1
 * @param indent what each of its lines starts with, such as {@code " * "}
 * @param lines of code and of outputs, without the indent
 */
record Example(Path file, int line, String indent, List<String> lines) {

    /** What a line of output starts with. */
    static final String OUTPUT = "// =>";

    private static final String OPENING = "<pre>{@code";
    private static final String CLOSING = "}</pre>";

    /** An expression or declaration, and what JShell is said to print for it: empty for nothing. */
    record Step(String code, String output) {
        boolean prints() {
            return !output.isEmpty();
        }
    }

    /** All examples below a folder of sources, in order. */
    static List<Example> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .flatMap(file -> in(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The examples of one file; blocks of code without a line of output are none. */
    static List<Example> in(Path file) {
        List<String> source = read(file);
        List<Example> found = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            int star = source.get(i).indexOf('*');
            if (star < 0 || !source.get(i).substring(star + 1).strip().equals(OPENING)) {
                continue;
            }
            String indent = source.get(i).substring(0, star + 1) + " ";
            int first = i + 1;
            List<String> lines = new ArrayList<>();
            for (i = first; !source.get(i).strip().equals("* " + CLOSING); i++) {
                lines.add(source.get(i)
                        .substring(Math.min(indent.length(), source.get(i).length())));
            }
            if (lines.stream().anyMatch(line -> line.strip().startsWith(OUTPUT))) {
                found.add(new Example(file, first + 1, indent, lines));
            }
        }
        return found;
    }

    static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code, cut where an output stands, each part with its output. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.startsWith(OUTPUT)) {
                code.append(lines.get(i)).append('\n');
                continue;
            }
            StringBuilder output =
                    new StringBuilder(line.substring(OUTPUT.length()).strip());
            while (i + 1 < lines.size() && isMore(lines.get(i + 1))) {
                output.append(' ').append(lines.get(++i).strip().substring(2).strip());
            }
            steps.add(new Step(code.toString(), output.length() == 0 ? " " : output.toString()));
            code.setLength(0);
        }
        if (!code.toString().isBlank()) {
            steps.add(new Step(code.toString(), ""));
        }
        return steps;
    }

    private static boolean isMore(String line) {
        return line.strip().startsWith("//") && !line.strip().startsWith(OUTPUT);
    }

    /** The same example with these outputs, one for each step that prints. */
    Example withOutputs(List<String> outputs) {
        List<String> written = new ArrayList<>();
        int next = 0;
        for (Step step : steps()) {
            step.code().lines().forEach(written::add);
            if (step.prints()) {
                written.addAll(wrapped(outputs.get(next++)));
            }
        }
        return new Example(file, line, indent, written);
    }

    private List<String> wrapped(String output) {
        int width = 118 - indent.length() - OUTPUT.length();
        List<String> broken = new ArrayList<>();
        String rest = output;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            if (blank <= 0) {
                break;
            }
            broken.add(rest.substring(0, blank));
            rest = rest.substring(blank + 1);
        }
        broken.add(rest);
        List<String> commented = new ArrayList<>();
        for (String part : broken) {
            commented.add((commented.isEmpty() ? OUTPUT + " " : "//    ") + part);
        }
        return commented;
    }

    @Override
    public String toString() {
        return file.getFileName() + ":" + line;
    }
}
