package org.rewardlab.kernel.assist;

import java.util.ArrayList;
import java.util.List;

/**
 * What a signature of JShell is about, such as {@code String String.substring(int beginIndex)}.
 *
 * @param type the simple name of the type
 * @param member the name of the method, constructor or field; empty for the type itself
 * @param parameters the simple types of a method's parameters, with commas between
 */
record Subject(String type, String member, String parameters) {

    static Subject of(String signature) {
        int open = signature.indexOf('(');
        if (open >= 0) {
            String head = withoutTypeArguments(signature.substring(0, open));
            String name = head.substring(head.lastIndexOf(' ') + 1);
            String parameters = parameters(signature.substring(open + 1, signature.lastIndexOf(')')));
            int dot = name.lastIndexOf('.');
            return dot < 0
                    ? new Subject(name, name, parameters)
                    : new Subject(simple(name.substring(0, dot)), name.substring(dot + 1), parameters);
        }
        int colon = signature.indexOf(':');
        if (colon >= 0) {
            String name = signature.substring(0, colon);
            int dot = name.lastIndexOf('.');
            return new Subject(simple(name.substring(0, Math.max(0, dot))), name.substring(dot + 1), "");
        }
        return new Subject(simple(withoutTypeArguments(signature)), "", "");
    }

    /** A type without packages and type arguments. */
    static String simple(String type) {
        String plain = withoutTypeArguments(type).strip();
        return plain.substring(plain.lastIndexOf('.', Math.max(0, plain.length() - 4)) + 1);
    }

    private static String parameters(String list) {
        List<String> types = new ArrayList<>();
        for (String each : withoutTypeArguments(list).split(",")) {
            String parameter = each.strip();
            int blank = parameter.lastIndexOf(' ');
            if (!parameter.isEmpty()) {
                types.add(simple(blank < 0 ? parameter : parameter.substring(0, blank)));
            }
        }
        return String.join(",", types).replace("...", "[]");
    }

    private static String withoutTypeArguments(String text) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '<' ? 1 : 0;
            if (depth == 0) {
                plain.append(c);
            }
            depth -= c == '>' ? 1 : 0;
        }
        return plain.toString().replace("...", "[]");
    }
}
