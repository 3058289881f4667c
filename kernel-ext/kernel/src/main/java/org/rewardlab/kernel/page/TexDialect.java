package org.rewardlab.kernel.page;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings the LaTeX that notebooks use in a browser to what the typesetting library knows, with the same look. */
final class TexDialect {
    private record Rewrite(Pattern pattern, String replacement) {
        static Rewrite of(String pattern, String replacement) {
            return new Rewrite(Pattern.compile(pattern), replacement);
        }
    }

    private static final List<Rewrite> REWRITES = List.of(
            Rewrite.of("\\\\(?:label|tag\\*?|require)\\{[^}]*}|\\\\(?:nonumber|notag)(?![a-zA-Z])", ""),
            Rewrite.of("\\\\(?:begin|end)\\{(?:equation|displaymath|math)\\*?}", ""),
            Rewrite.of("\\\\(begin|end)\\{(align|gather|multline|flalign|alignat|eqnarray)\\*}", "\\\\$1{$2}"),
            Rewrite.of("\\\\operatorname\\*\\{([^{}]*)}", "\\\\mathop{\\\\mathrm{$1}}\\\\limits"),
            Rewrite.of("\\\\arg(max|min)(?![a-zA-Z])", "\\\\mathop{\\\\mathrm{arg\\\\,$1}}\\\\limits"),
            Rewrite.of("\\\\(?:bm|pmb)(?![a-zA-Z])", "\\\\boldsymbol"),
            Rewrite.of("\\\\[lr]vert(?![a-zA-Z])", "\\\\vert"),
            Rewrite.of("\\\\(?:coloneqq|coloneq|defeq)(?![a-zA-Z])", "\\\\mathrel{:=}"),
            Rewrite.of("\\\\color\\{([^{}]*)}\\s*\\{", "\\\\textcolor{$1}{"),
            Rewrite.of("\\\\(?:mathbb|mathds|mathbbm)\\s*\\{?1}?(?!\\d)", "\\\\mathbf{1}"));

    private static final Pattern CASES = Pattern.compile("(?s)\\\\begin\\{cases}(.*?)\\\\end\\{cases}");
    private static final Pattern COLUMN = Pattern.compile("(?<!\\\\)&");

    private TexDialect() {}

    static String toLibrary(String tex) {
        String known = tex;
        for (Rewrite rewrite : REWRITES) {
            known = rewrite.pattern.matcher(known).replaceAll(rewrite.replacement);
        }
        return CASES.matcher(known)
                .replaceAll(cases ->
                        Matcher.quoteReplacement(COLUMN.matcher(cases.group()).replaceAll("&\\\\quad ")))
                .strip();
    }
}
