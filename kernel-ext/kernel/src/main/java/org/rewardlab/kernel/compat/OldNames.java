package org.rewardlab.kernel.compat;

import java.util.regex.Pattern;

/**
 * Renames, in a cell's source, the packages under which IJava's and JJava's first notebooks import the kernel's classes: JJava has the same
 * classes in the same layout under a name of its own; magics alone are made another way there, so this kernel has its own
 * classes under the old names. The length of the names changes, the number of lines does not.
 */
public final class OldNames {

    private static final Pattern JUPYTER =
            Pattern.compile("\\bio\\.github\\.spencerpark\\.jupyter\\.(?!kernel\\.magic\\.(?:registry|common)\\.)");
    private static final Pattern ARGUMENTS = Pattern.compile(
            "\\bio\\.github\\.spencerpark\\.jupyter\\.kernel\\.magic\\.registry\\.(?=Magics?Args|UndefinedMagicException)");

    /** What JJava's own classes beside the Jupyter ones were called in its first releases, as in IJava. */
    private static final Pattern EARLY =
            Pattern.compile("\\borg\\.dflib\\.jjava\\.(?:kernel\\.)?(runtime\\.|JavaKernel\\b)");

    /** The functions that every cell has anyway; imported a second time from another class they would be ambiguous. */
    private static final Pattern FUNCTIONS =
            Pattern.compile("\\bimport[ \\t]+static[ \\t]+io\\.github\\.spencerpark\\.ijava\\.runtime\\.\\w+\\.\\*");

    private OldNames() {}

    /** The source with today's names. */
    public static String renewed(String source) {
        if (!source.contains("spencerpark") && !source.contains("org.dflib.jjava.")) {
            return source;
        }
        String old = EARLY.matcher(source).replaceAll("io.github.spencerpark.ijava.$1");
        String known = FUNCTIONS.matcher(old).replaceAll("import static org.rewardlab.kernel.session.Notebook.*");
        String moved = ARGUMENTS.matcher(known).replaceAll("org.dflib.jjava.jupyter.kernel.magic.");
        return JUPYTER.matcher(moved).replaceAll("org.dflib.jjava.jupyter.");
    }
}
