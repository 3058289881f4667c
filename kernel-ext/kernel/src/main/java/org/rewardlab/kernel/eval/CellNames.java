package org.rewardlab.kernel.eval;

import java.util.regex.Pattern;

/** Names as the user wrote them, without the wrapper classes of JShell and the homes of variables. */
public final class CellNames {

    private static final Pattern WRAPPER = Pattern.compile("REPL\\.(?:\\$JShell\\$\\d+[A-Z]*|Variable\\$\\d+)[.$]?");

    private CellNames() {}

    /** The text with every mention of a class that is not the user's cut out. */
    public static String plain(String text) {
        return text.contains("REPL.") ? WRAPPER.matcher(text).replaceAll("") : text;
    }

    /** The name of a class: full for a library's, as written for a notebook's own. */
    public static String of(Class<?> type) {
        return plain(type.getTypeName());
    }
}
