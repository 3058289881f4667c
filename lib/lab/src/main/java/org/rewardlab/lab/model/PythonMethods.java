package org.rewardlab.lab.model;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.beans.FeatureDescriptor;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/** The methods of Python's strings that chat templates call and Java's have not, or have under another name. */
final class PythonMethods extends ELResolver {

    private static final Set<String> NAMES = Set.of(
            "strip",
            "lstrip",
            "rstrip",
            "startswith",
            "endswith",
            "upper",
            "lower",
            "title",
            "capitalize",
            "split",
            "replace",
            "join");

    private PythonMethods() {}

    static ELResolver resolver() {
        CompositeELResolver all = new CompositeELResolver();
        all.add(new PythonMethods());
        all.add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
        return all;
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] types,
            Object @Nullable [] arguments) {
        if (!(base instanceof CharSequence) || method == null || !NAMES.contains(method.toString())) {
            return null;
        }
        List<Object> given = arguments == null ? List.of() : Arrays.asList(arguments);
        context.setPropertyResolved(true);
        return call(base.toString(), method.toString(), given);
    }

    private static Object call(String text, String method, List<Object> given) {
        String first = given.isEmpty() ? "" : String.valueOf(given.get(0));
        return switch (method) {
            case "strip" -> strip(text, first, true, true);
            case "lstrip" -> strip(text, first, true, false);
            case "rstrip" -> strip(text, first, false, true);
            case "startswith" -> text.startsWith(first);
            case "endswith" -> text.endsWith(first);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "capitalize" ->
                text.isEmpty()
                        ? text
                        : text.substring(0, 1).toUpperCase(Locale.ROOT)
                                + text.substring(1).toLowerCase(Locale.ROOT);
            case "title" -> title(text);
            case "replace" -> text.replace(first, String.valueOf(given.get(1)));
            case "join" ->
                String.join(
                        text,
                        ((java.util.Collection<?>) given.get(0))
                                .stream().map(String::valueOf).toList());
            default -> split(text, first, given);
        };
    }

    private static String strip(String text, String characters, boolean left, boolean right) {
        IntPredicate goes = characters.isEmpty() ? Character::isWhitespace : c -> characters.indexOf(c) >= 0;
        int from = 0;
        int to = text.length();
        while (left && from < to && goes.test(text.charAt(from))) {
            from++;
        }
        while (right && to > from && goes.test(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(inside ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inside = Character.isLetter(c);
        }
        return out.toString();
    }

    private static List<String> split(String text, String separator, List<Object> given) {
        if (separator.isEmpty()) {
            String stripped = text.strip();
            return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
        }
        int most = given.size() > 1 ? ((Number) given.get(1)).intValue() + 1 : -1;
        return List.of(text.split(java.util.regex.Pattern.quote(separator), most));
    }

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {}

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return null;
    }
}
