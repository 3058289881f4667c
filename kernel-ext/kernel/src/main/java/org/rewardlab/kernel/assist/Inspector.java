package org.rewardlab.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.eval.JavaMask;
import org.rewardlab.kernel.eval.Variable;
import org.rewardlab.kernel.magic.MagicTranslator;

/** Tells what the name at the cursor means: a variable's type and value, or signatures with their documentation. */
final class Inspector {

    private static final int MAX_SIGNATURES = 12;

    private final Evaluator evaluator;
    private final MagicTranslator magics;
    private final SourceComments comments;
    private final Function<@Nullable Object, Optional<String>> describer;

    Inspector(Evaluator evaluator, MagicTranslator magics, Function<@Nullable Object, Optional<String>> describer) {
        this.evaluator = evaluator;
        this.magics = magics;
        this.describer = describer;
        comments = new SourceComments(new SourceJars(evaluator::classPath));
    }

    @Nullable
    DisplayData inspect(String cell, int cursor, boolean detailed) {
        String code = magics.blanked(cell);
        int end = nameEnd(code, cursor);
        String name = nameEndingAt(code, end);
        boolean member = end - name.length() > 0 && code.charAt(end - name.length() - 1) == '.';
        if (!name.isEmpty() && !member) {
            for (Variable variable : evaluator.variables()) {
                if (variable.name().equals(name)) {
                    return variable(variable);
                }
            }
        }
        List<Documentation> found = evaluator.analyze(analysis -> documentation(analysis, code, cursor, end));
        return found.isEmpty() ? null : documented(found, detailed);
    }

    /** Documentation of a call around the cursor, or else of the name at it. */
    private static List<Documentation> documentation(
            SourceCodeAnalysis analysis, String code, int cursor, int nameEnd) {
        Statement statement = Statement.endingAt(analysis, code.substring(0, nameEnd));
        String context = statement.contexts().get(0);
        String text = context + code.substring(statement.start(), nameEnd);
        List<Documentation> found = analysis.documentation(text, text.length(), true);
        if (!found.isEmpty()) {
            return found;
        }
        // JShell knows methods by their calls only.
        String call = text + "(";
        found = analysis.documentation(call, call.length(), true);
        if (!found.isEmpty() || cursor == nameEnd) {
            return found;
        }
        String before = context + code.substring(statement.start(), Math.max(statement.start(), cursor));
        return analysis.documentation(before, before.length(), true);
    }

    private DisplayData variable(Variable variable) {
        String value = describer.apply(variable.value()).orElseGet(() -> ShortText.of(variable.value()));
        DisplayData data = new DisplayData(variable.type() + " " + variable.name() + " = " + value);
        data.putMarkdown(
                "```java\n" + variable.type() + " " + variable.name() + "\n```\n\n" + Markup.escaped(value) + "\n");
        return data;
    }

    private DisplayData documented(List<Documentation> found, boolean detailed) {
        List<String> plain = new ArrayList<>();
        List<String> markdown = new ArrayList<>();
        for (Documentation each : found.subList(0, Math.min(MAX_SIGNATURES, found.size()))) {
            plain.add(each.signature());
            markdown.add("```java\n" + each.signature() + "\n```\n");
            boolean commented = detailed || found.size() <= 3 || plain.size() == 1;
            String comment = commented ? comment(each) : "";
            if (!comment.isBlank()) {
                plain.add(Markup.plain(comment) + "\n");
                markdown.add(Markup.markdown(comment) + "\n");
            }
        }
        DisplayData data = new DisplayData(String.join("\n", plain));
        data.putMarkdown(String.join("\n", markdown));
        return data;
    }

    /** JShell reads the sources of the JDK; those of libraries are read here. */
    private String comment(Documentation each) {
        String comment = each.javadoc();
        return comment != null && !comment.isBlank()
                ? comment
                : comments.of(each.signature()).orElse("");
    }

    private static int nameEnd(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        if (end == cursor
                && end > 0
                && code.charAt(end - 1) == '('
                && JavaMask.of(code).charAt(end - 1) == '(') {
            return end;
        }
        return end;
    }

    private static String nameEndingAt(String code, int end) {
        int start = end;
        while (start > 0 && Character.isJavaIdentifierPart(code.charAt(start - 1))) {
            start--;
        }
        return code.substring(start, end);
    }
}
