package org.rewardlab.kernel.assist;

import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * The unfinished statement at the end of a text.
 *
 * @param start where it begins
 * @param declarations the variables declared before it in the text, as source
 */
record Statement(int start, String declarations) {

    private static final Pattern VARIABLE = Pattern.compile(
            "\\s*(?:final\\s+)?[A-Za-z_$][\\w$.]*(?:\\s*<[^=;(]*>)?(?:\\s*\\[\\s*])*\\s+[A-Za-z_$][\\w$]*\\s*(?:=.*|;\\s*)",
            Pattern.DOTALL);
    private static final Pattern WORD_FIRST =
            Pattern.compile("\\s*(?:import|return|throw|class|interface|enum|record|package)\\b.*", Pattern.DOTALL);

    static Statement endingAt(SourceCodeAnalysis analysis, String text) {
        int start = 0;
        StringBuilder declarations = new StringBuilder();
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
            if (VARIABLE.matcher(source).matches()
                    && !WORD_FIRST.matcher(source).matches()) {
                declarations.append(source).append(source.stripTrailing().endsWith(";") ? "" : ";");
            }
            start = end;
        }
        return new Statement(start, declarations.toString());
    }

    private static boolean endsStatement(String text) {
        String stripped = text.stripTrailing();
        return stripped.endsWith(";") || stripped.endsWith("}");
    }
}
