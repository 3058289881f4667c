package org.rewardlab.lab.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dialogue written as one text, its turns headed by {@code Human:} and {@code Assistant:} after a blank line, as in HH-RLHF. */
final class Transcript {
    private static final Pattern HEAD = Pattern.compile("\\n\\n(Human|Assistant):");

    private Transcript() {}

    /** Whether a text begins as such a transcript does and lets the assistant speak. */
    static boolean is(String text) {
        return text.stripLeading().startsWith("Human:") && text.contains("\n\nAssistant:");
    }

    /** The turns of a transcript, each without the blanks around it. */
    static Dialogue parse(String text) {
        String normal = "\n\n" + text.stripLeading();
        List<Message> turns = new ArrayList<>();
        Matcher head = HEAD.matcher(normal);
        boolean more = head.find();
        while (more) {
            String role = head.group(1).equals("Human") ? "user" : "assistant";
            int start = head.end();
            more = head.find();
            turns.add(new Message(
                    role,
                    normal.substring(start, more ? head.start() : normal.length())
                            .strip()));
        }
        return new Dialogue(turns);
    }
}
