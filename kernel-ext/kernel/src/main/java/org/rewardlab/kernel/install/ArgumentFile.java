package org.rewardlab.kernel.install;

import java.util.List;

/** The text of a file that the {@code java} command reads its arguments from with {@code @file}. */
final class ArgumentFile {
    private ArgumentFile() {}

    /** One argument a line, quoted so that blanks, quotes, backslashes and number signs in paths arrive as they are. */
    static String text(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            if (argument.indexOf('\n') >= 0 || argument.indexOf('\r') >= 0) {
                throw new InstallException("an argument of the kernel has a line break in it: " + argument.strip());
            }
            text.append('"')
                    .append(argument.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"\n");
        }
        return text.toString();
    }
}
