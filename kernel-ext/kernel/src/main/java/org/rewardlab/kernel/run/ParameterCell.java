package org.rewardlab.kernel.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Notebook;

/**
 * Sets a notebook's parameters from outside: after the cell tagged {@code parameters} stands one tagged {@code
 * injected-parameters} that assigns the given values; without such a cell it stands before the first code cell.
 */
final class ParameterCell {
    private static final String TAG = "parameters";
    private static final String INJECTED = "injected-parameters";
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?[fFdDlL]?|0[xX][0-9a-fA-F_]+[lL]?");

    private ParameterCell() {}

    /** A parameter that the notebook declares: the type as written and the source of its value. */
    private record Declared(String type, String value) {
        boolean isText() {
            return type.equals("String") || (type.equals("var") && value.startsWith("\""));
        }

        boolean isFloat() {
            return type.equals("float") || (type.equals("var") && value.matches("[^\"]*\\d\\.?[fF]"));
        }

        boolean isLong() {
            return type.equals("long") || (type.equals("var") && value.matches("-?[\\d_]+[lL]"));
        }
    }

    /**
     * Puts the values into the notebook, in place of those of an earlier injection.
     *
     * @return the names that the notebook does not declare as parameters
     * @throws IllegalArgumentException if a name is no Java name
     */
    static List<String> inject(Notebook notebook, Map<String, String> values) {
        checkNames(values);
        for (int i = notebook.cells().size() - 1; i >= 0; i--) {
            if (notebook.cells().get(i).tags().contains(INJECTED)) {
                notebook.remove(i);
            }
        }
        if (values.isEmpty()) {
            return List.of();
        }
        int place = 0;
        String declarations = "";
        List<Cell> cells = notebook.cells();
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).tags().contains(TAG)) {
                place = i + 1;
                declarations = cells.get(i).source();
                break;
            }
        }
        if (place == 0) {
            while (place < cells.size() && !cells.get(place).isCode()) {
                place++;
            }
        }
        Map<String, Declared> declared = declared(declarations, values);
        StringBuilder source = new StringBuilder("// Parameters");
        values.forEach((name, value) -> source.append('\n').append(assignment(name, value, declared)));
        notebook.insert(place, Cell.code(INJECTED, source.toString(), List.of(INJECTED)));
        return values.keySet().stream()
                .filter(name -> !declared.containsKey(name))
                .toList();
    }

    /**
     * Checks the names of parameters before any notebook is touched.
     *
     * @throws IllegalArgumentException if one is no Java name
     */
    static void checkNames(Map<String, String> values) {
        values.keySet().forEach(ParameterCell::checkName);
    }

    private static void checkName(String name) {
        if (!SourceVersion.isName(name) || name.contains(".")) {
            throw new IllegalArgumentException("--set: expected NAME=VALUE with a Java name, got \"" + name + "\"");
        }
    }

    private static Map<String, Declared> declared(String source, Map<String, String> values) {
        Map<String, Declared> declared = new LinkedHashMap<>();
        for (String name : values.keySet()) {
            Matcher matcher = Pattern.compile("(?m)(?:^|;)\\s*(?:final\\s+)?([\\w.<>\\[\\], ?]+?)\\s+"
                            + Pattern.quote(name) + "\\s*=\\s*(.*?)\\s*;")
                    .matcher(source);
            if (matcher.find()) {
                declared.put(name, new Declared(matcher.group(1), matcher.group(2)));
            }
        }
        return declared;
    }

    private static String assignment(String name, String value, Map<String, Declared> all) {
        Declared declared = all.get(name);
        if (declared == null) {
            return "var " + name + " = " + (isLiteral(value) ? value : quoted(value)) + ";";
        }
        if (declared.isText()) {
            return name + " = " + quoted(value) + ";";
        }
        boolean plainNumber = NUMBER.matcher(value).matches() && Character.isDigit(value.charAt(value.length() - 1));
        String suffix = plainNumber && declared.isFloat() ? "f" : plainNumber && declared.isLong() ? "L" : "";
        return name + " = " + value + suffix + ";";
    }

    private static boolean isLiteral(String value) {
        return NUMBER.matcher(value).matches() || value.equals("true") || value.equals("false");
    }

    private static String quoted(String value) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> text.append(c);
            }
        }
        return text.append('"').toString();
    }
}
