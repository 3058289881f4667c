package org.rewardlab.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MathTextTest {
    private static String taken(String markdown) {
        return new MathText(new Formulas()).takeOut(markdown).replaceAll("\uE010\\d+\uE011", "<F>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "it costs 5$ or 10$",
                "between $5 and $10",
                "`$x$` in code",
                "``a ` $x$``",
                "```\n$x$\n```\n",
                "- ```java\n  $x$\n  ```\n",
                "~~~\n$$x$$\n~~~",
                "an escaped \\$x$ sign",
                "a $ b $ c",
                "$x\n\ny$",
                "\\begin{align} never closed",
                "$$ $$"
            })
    void whatIsNoFormulaStays(String markdown) {
        assertThat(taken(markdown)).isEqualTo(markdown);
    }

    @Test
    void formulasAreTakenOutWhateverTheirDelimiters() {
        assertThat(taken("a $x_1$, \\(y*z*\\) and \\[w\\]")).isEqualTo("a <F>, <F> and <F>");
        assertThat(taken("$$\na\n$$\nb")).isEqualTo("<F>\nb");
        assertThat(taken("\\begin{align}\na &= b\n\\end{align} c")).isEqualTo("<F> c");
        assertThat(taken("`code` then $x$ then ```a``` $y$")).isEqualTo("`code` then <F> then ```a``` <F>");
        assertThat(taken("$\\text{\\$5}$")).isEqualTo("<F>");
        assertThat(taken("```\ncode\n```\n$x$")).isEqualTo("```\ncode\n```\n<F>");
    }

    @Test
    void formulasComeBackAsPicturesThatCarryTheirSource() {
        Formulas formulas = new Formulas();
        MathText math = new MathText(formulas);
        String html = math.putBack(math.takeOut("$x^2$ and $x < y$"));

        assertThat(html)
                .contains("aria-label=\"x^2\"")
                .contains("aria-label=\"x &lt; y\"")
                .contains("<use href=\"#t.0\"")
                .doesNotContain("unset");
        assertThat(formulas.definitions()).contains("<path id=\"t.0\" d=\"M");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\operatorname*{arg\\,max}_{a} Q",
                "\\bm{x} \\pmb{y} \\boldsymbol{\\theta}",
                "\\lvert x \\rvert \\left\\lvert y \\right\\rvert",
                "\\begin{align*} a &= b \\nonumber \\\\ c &= d \\end{align*}",
                "\\begin{equation}\\label{eq:1} a = b \\tag{3} \\end{equation}",
                "\\begin{cases} 1 & x > 0 \\\\ 0 & \\text{else} \\end{cases}",
                "\\mathbb{1}[x] \\coloneqq \\color{red}{y}",
                "\\mathbb{E}_{x \\sim \\mathcal{D}}\\left[\\log \\sigma(\\beta r)\\right]",
                "\\argmin_\\theta \\mathrm{KL}(\\pi \\,\\|\\, \\pi_{\\mathrm{ref}})",
                "\\underbrace{a + b}_{\\text{größe}} \\in ℝ"
            })
    void theLatexOfPapersIsSet(String tex) {
        assertThat(new Formulas().render(tex, true)).contains("<svg").doesNotContain("unset");
    }

    @Test
    void aFormulaThatCannotBeSetShowsItsSource() {
        assertThat(new Formulas().render("\\nosuchcommand{<x>}", false))
                .startsWith("<code class=\"unset\"")
                .contains("\\nosuchcommand{&lt;x&gt;}</code>");
    }
}
