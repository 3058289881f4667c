package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The star imports that every notebook starts with, as one snippet: JShell compiles all imports again for each new one, and
 * forty of them took half of a start. It knows such a snippet by its first line alone, and a cell with the same import would
 * replace them all; so the first line is one that means nothing and that no cell has a use for.
 */
final class ImportBlock {

    private static final String FIRST = "import java.lang.Override;";
    private static final Pattern STAR = Pattern.compile("import (static )?[\\w.]+\\.\\*;");

    private ImportBlock() {}

    /** The same lines with the star imports in one, before the others; imports of single names stay replaceable. */
    static List<String> joined(List<String> lines) {
        List<String> stars = new ArrayList<>();
        List<String> others = new ArrayList<>();
        lines.forEach(line -> (STAR.matcher(line).matches() ? stars : others).add(line));
        if (stars.size() > 1) {
            stars.add(0, FIRST);
            others.add(0, String.join("\n", stars));
            return others;
        }
        return List.copyOf(lines);
    }

    /** The single lines of an import, or of many. */
    static List<String> lines(String source) {
        return source.lines().filter(line -> !line.equals(FIRST)).toList();
    }
}
