package org.rewardlab.kernel.assist;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.eval.JavaMask;
import org.rewardlab.kernel.magic.MagicTranslator;

/** Whether a client may run what was typed, or should let the user type on. */
final class CompletenessCheck {

    private static final String STEP = "    ";

    private final Evaluator evaluator;
    private final MagicTranslator magics;

    CompletenessCheck(Evaluator evaluator, MagicTranslator magics) {
        this.evaluator = evaluator;
        this.magics = magics;
    }

    Completeness check(String code) {
        if (code.stripLeading().startsWith("%%")) {
            return new Completeness("complete", "");
        }
        String java = magics.blanked(code);
        return java.isBlank() ? new Completeness("complete", "") : evaluator.analyze(analysis -> check(analysis, java));
    }

    private static Completeness check(SourceCodeAnalysis analysis, String code) {
        String rest = code;
        while (!rest.isBlank()) {
            CompletionInfo info = analysis.analyzeCompletion(rest);
            switch (info.completeness()) {
                case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> {
                    return new Completeness("incomplete", indent(code));
                }
                case UNKNOWN -> {
                    return new Completeness("invalid", "");
                }
                case COMPLETE_WITH_SEMI, EMPTY -> {
                    return new Completeness("complete", "");
                }
                default -> {
                    String remaining = info.remaining();
                    if (remaining.length() >= rest.length()) {
                        return new Completeness("unknown", "");
                    }
                    rest = remaining;
                }
            }
        }
        return new Completeness("complete", "");
    }

    /** One step for each bracket that is open at the end. */
    private static String indent(String code) {
        int depth = 0;
        String mask = JavaMask.of(code);
        for (int i = 0; i < mask.length(); i++) {
            char c = mask.charAt(i);
            depth += c == '{' || c == '(' || c == '[' ? 1 : c == '}' || c == ')' || c == ']' ? -1 : 0;
        }
        return STEP.repeat(Math.max(0, depth));
    }
}
