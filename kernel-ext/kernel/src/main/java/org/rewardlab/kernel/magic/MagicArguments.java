package org.rewardlab.kernel.magic;

import java.util.ArrayList;
import java.util.List;

/** Splits the arguments of a magic at blanks; double quotes group, a backslash takes the next character as it is. */
public final class MagicArguments {

    private MagicArguments() {}

    /** The arguments in a line. */
    public static List<String> split(String line) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && escapes(line.charAt(i + 1))) {
                argument.append(line.charAt(++i));
                begun = true;
            } else if (c == '"') {
                quoted = !quoted;
                begun = true;
            } else if (Character.isWhitespace(c) && !quoted) {
                if (begun) {
                    arguments.add(argument.toString());
                    argument.setLength(0);
                    begun = false;
                }
            } else {
                argument.append(c);
                begun = true;
            }
        }
        if (begun) {
            arguments.add(argument.toString());
        }
        return arguments;
    }

    /** Other backslashes stay, as in paths of Windows. */
    private static boolean escapes(char next) {
        return next == '"' || next == '\\' || next == ' ';
    }
}
