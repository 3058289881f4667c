package org.rewardlab.kernel.assist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * The unfinished statement at the end of a text.
 *
 * @param start where it begins
 * @param variables the variables declared before it in the text, as source
 * @param names the names of these variables
 * @param members the methods and types declared before it, as source
 */
record Statement(int start, String variables, List<String> names, String members) {

    private static final Pattern VARIABLE = Pattern.compile(
            "\\s*(?:final\\s+)?[A-Za-z_$][\\w$.]*(?:\\s*<[^=;(]*>)?(?:\\s*\\[\\s*])*\\s+([A-Za-z_$][\\w$]*)\\s*(?:=.*|;\\s*)",
            Pattern.DOTALL);
    private static final Pattern WORD_FIRST =
            Pattern.compile("\\s*(?:import|return|throw|class|interface|enum|record|package)\\b.*", Pattern.DOTALL);

    private static final Pattern COMMENTS = Pattern.compile("(?:\\s++|//[^\n]*\n|/\\*.*?\\*/)*+", Pattern.DOTALL);
    private static final String MODIFIERS =
            "(?:@\\w+\\s+|(?:public|private|protected|static|final|abstract|sealed|strictfp|synchronized|default)\\s+)*";
    private static final Pattern TYPE =
            Pattern.compile(MODIFIERS + "(?:class|interface|enum|record)\\s+\\w.*\\}\\s*", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile(
            MODIFIERS
                    + "(?:<[^>]*>\\s*)?(?!(?:return|new|else|throw|case|assert|yield)\\b)[A-Za-z_$][\\w$.]*(?:\\s*<[^={;(]*>)?"
                    + "(?:\\s*\\[\\s*])*\\s+[A-Za-z_$][\\w$]*\\s*\\([^)]*\\)[^{;=]*\\{.*\\}\\s*",
            Pattern.DOTALL);

    static Statement endingAt(SourceCodeAnalysis analysis, String text) {
        int start = 0;
        StringBuilder variables = new StringBuilder();
        StringBuilder members = new StringBuilder();
        List<String> names = new ArrayList<>();
        while (start < text.length()) {
            CompletionInfo info = analysis.analyzeCompletion(text.substring(start));
            String remaining = info.remaining();
            if (!info.completeness().isComplete() || (remaining.isEmpty() && !endsStatement(text))) {
                break;
            }
            int end = text.length() - remaining.length();
            if (end <= start) {
                break;
            }
            String source = text.substring(start, end);
            String bare = COMMENTS.matcher(source).replaceFirst("");
            if (TYPE.matcher(bare).matches() || METHOD.matcher(bare).matches()) {
                members.append(source).append('\n');
            } else {
                Matcher variable = VARIABLE.matcher(bare);
                if (variable.matches() && !WORD_FIRST.matcher(bare).matches()) {
                    variables.append(source).append(source.stripTrailing().endsWith(";") ? "" : ";");
                    names.add(variable.group(1));
                }
            }
            start = end;
        }
        return new Statement(start, variables.toString(), names, members.toString());
    }

    /** What to put before the statement. A method cannot stand before one: it is put into the body of a class instead. */
    List<String> contexts() {
        return members.isEmpty()
                ? List.of(variables)
                : List.of("class $Cell {\n" + members + "{\n" + variables, variables);
    }

    private static boolean endsStatement(String text) {
        String stripped = text.stripTrailing();
        return stripped.endsWith(";") || stripped.endsWith("}");
    }
}
