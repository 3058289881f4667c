package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives sealed types the {@code permits} clause that a file would not need: in JShell every type is a compilation unit of
 * its own, so that the subtypes beside it in the cell must be named.
 */
final class SealedTypes {

    private static final Pattern SEALED = Pattern.compile(
            "(?<![\\w-])sealed\\s+(?:(?:abstract|public|static|strictfp)\\s+)*(?:interface|class)\\s+(\\w+)([^{;]*)\\{");
    private static final Pattern SUBTYPE = Pattern.compile("\\b(?:class|record|interface|enum)\\s+(\\w+)([^{;]*)\\{");

    private SealedTypes() {}

    /** The text with its sealed types completed; the same text where there is nothing to do. */
    static String completed(String text) {
        if (!text.contains("sealed")) {
            return text;
        }
        String mask = JavaMask.of(text);
        StringBuilder completed = new StringBuilder();
        int done = 0;
        Matcher sealed = SEALED.matcher(mask);
        while (sealed.find()) {
            if (sealed.group(2).contains("permits")) {
                continue;
            }
            List<String> permitted = subtypes(mask, sealed.group(1), sealed.end());
            if (!permitted.isEmpty()) {
                completed
                        .append(text, done, sealed.end() - 1)
                        .append("permits ")
                        .append(String.join(", ", permitted))
                        .append(" {");
                done = sealed.end();
            }
        }
        return completed.append(text, done, text.length()).toString();
    }

    private static List<String> subtypes(String mask, String name, int bodyStart) {
        int bodyEnd = closing(mask, bodyStart);
        List<String> found = new ArrayList<>();
        boolean beside = false;
        Matcher types = SUBTYPE.matcher(mask);
        while (types.find()) {
            if (extendsDirectly(types.group(2), name)) {
                boolean inside = types.start() >= bodyStart && types.start() < bodyEnd;
                beside |= !inside;
                found.add(inside ? name + "." + types.group(1) : types.group(1));
            }
        }
        return beside ? found : List.of();
    }

    private static boolean extendsDirectly(String heading, String name) {
        Matcher supertypes = Pattern.compile("\\b(?:extends|implements)\\b(.*)", Pattern.DOTALL)
                .matcher(withoutArguments(heading));
        return supertypes.find()
                && Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                        .matcher(supertypes.group(1))
                        .find();
    }

    /** A heading without what stands in angle or round brackets. */
    private static String withoutArguments(String heading) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < heading.length(); i++) {
            char c = heading.charAt(i);
            if (c == '<' || c == '(') {
                depth++;
            } else if (c == '>' || c == ')') {
                depth--;
            } else if (depth == 0) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static int closing(String mask, int bodyStart) {
        int depth = 1;
        for (int i = bodyStart; i < mask.length(); i++) {
            char c = mask.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return mask.length();
    }
}
