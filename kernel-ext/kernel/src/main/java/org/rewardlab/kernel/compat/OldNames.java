package org.rewardlab.kernel.compat;

import java.util.regex.Pattern;

/**
 * Renames, in a cell's source, the packages under which IJava's notebooks import the kernel's classes: JJava has the same
 * classes in the same layout under a name of its own. The length of the names changes, the number of lines does not.
 */
public final class OldNames {

    private static final Pattern JUPYTER = Pattern.compile("\\bio\\.github\\.spencerpark\\.jupyter\\.");

    private OldNames() {}

    /** The source with today's names. */
    public static String renewed(String source) {
        return source.contains("spencerpark") ? JUPYTER.matcher(source).replaceAll("org.dflib.jjava.jupyter.") : source;
    }
}
