package org.rewardlab.kernel.assist;

import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * The unfinished statement at the end of a text.
 *
 * @param start where it begins
 * @param declarations what is declared before it in the text, as source in which it may stand
 */
record Statement(int start, String declarations) {

    private static final Pattern VARIABLE = Pattern.compile(
            "\\s*(?:final\\s+)?[A-Za-z_$][\\w$.]*(?:\\s*<[^=;(]*>)?(?:\\s*\\[\\s*])*\\s+[A-Za-z_$][\\w$]*\\s*(?:=.*|;\\s*)",
            Pattern.DOTALL);
    private static final Pattern WORD_FIRST =
            Pattern.compile("\\s*(?:import|return|throw|class|interface|enum|record|package)\\b.*", Pattern.DOTALL);

    private static final Pattern COMMENTS = Pattern.compile("(?:\\s|//[^\n]*\n|/\\*.*?\\*/)*", Pattern.DOTALL);
    private static final String MODIFIERS =
            "(?:@\\w+\\s+|(?:public|private|protected|static|final|abstract|sealed|strictfp|synchronized|default)\\s+)*";
    private static final Pattern TYPE =
            Pattern.compile(MODIFIERS + "(?:class|interface|enum|record)\\s+\\w.*\\}\\s*", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile(
            MODIFIERS + "(?:<[^>]*>\\s*)?(?!(?:return|new|else|throw|case|assert|yield)\\b)[A-Za-z_$][\\w$.]*(?:\\s*<[^={;(]*>)?"
                    + "(?:\\s*\\[\\s*])*\\s+[A-Za-z_$][\\w$]*\\s*\\([^)]*\\)[^{;=]*\\{.*\\}\\s*",
            Pattern.DOTALL);

    static Statement endingAt(SourceCodeAnalysis analysis, String text) {
        int start = 0;
        StringBuilder variables = new StringBuilder();
        StringBuilder members = new StringBuilder();
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
            } else if (VARIABLE.matcher(source).matches()
                    && !WORD_FIRST.matcher(source).matches()) {
                variables.append(source).append(source.stripTrailing().endsWith(";") ? "" : ";");
            }
            start = end;
        }
        return new Statement(start, members.isEmpty() ? variables.toString() : within(members, variables));
    }

    /** Methods cannot stand before a statement: the statement is put into a body beside them. */
    private static String within(CharSequence members, CharSequence variables) {
        return "Object $cell = new Object() {\n" + members + "{\n" + variables;
    }

    private static boolean endsStatement(String text) {
        String stripped = text.stripTrailing();
        return stripped.endsWith(";") || stripped.endsWith("}");
    }
}
