package org.rewardlab.lab.judge.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MathVerifierTest {

    private final MathVerifier verifier = new MathVerifier();

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "18 ; #### 18",
                "18 ; She makes 9 * 2 = $18. The answer is $18.",
                "18 ; 18.0",
                "1234567 ; 1,234,567",
                "0.5 ; \\frac12",
                "\\frac{3}{4} ; 0.75",
                "-\\frac{1}{2} ; $\\frac{-1}{2}$",
                "1\\frac{1}{2} ; 1.5",
                "\\sqrt{8} ; $2\\sqrt{2}$",
                "2^{10} ; 1024",
                "10^{-3} ; 0.001",
                "5! ; 120",
                "\\binom{5}{2} ; 10",
                "\\log_2 8 ; 3",
                "\\frac{\\pi}{4} ; $\\arctan(1)$",
                "50\\% ; 0.5",
                "x^2-1 ; $(x-1)(x+1)$",
                "\\sin 2x ; $2 \\sin x \\cos x$",
                "2x ; $x + x$",
                "y = 2x + 1 ; $2x - y + 1 = 0$",
                "x = 7 ; 7",
                "7 ; $x = 7$",
                "\\{1,2,3\\} ; $\\{3,1,2\\}$",
                "1, 2 ; $2$ and $1$",
                "\\pm 3 ; $-3, 3$",
                "(1, 2) ; $\\left(1,2\\right)$",
                "[1, \\infty) ; $x \\ge 1$",
                "(-\\infty, 2) \\cup (3, \\infty) ; $(3, \\infty) \\cup (-\\infty, 2)$",
                "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} ; $\\begin{bmatrix} \\frac{2}{2} \\\\ 2 \\end{bmatrix}$",
                "12 \\text{ cm}^2 ; 12",
                "45^\\circ ; 45 degrees",
                "\\$5.50 ; The answer is 5.5 dollars.",
                "\\text{Tuesday} ; The answer is \\boxed{\\text{tuesday}}.",
                "B ; \\boxed{\\textbf{(B)}}",
                "|x-3| ; $|3-x|$",
                "x < 3 ; $3 > x$",
            })
    void meansTheSame(String gold, String completion) {
        String typeset = gold.contains("\\") ? "$" + gold + "$" : gold;
        assertThat(verifier.matches(typeset, completion)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "18 ; #### 19",
                "18 ; 18 eggs were laid, so she sells 9",
                "18 ; The answer is 1.8",
                "1234567 ; 1,234,568",
                "1000000 ; 1000000.1",
                "1/3 ; 0.33",
                "0.0000001 ; 0.0000002",
                "12345678901234567890 ; 12345678901234567891",
                "x^2-1 ; $(x-1)^2$",
                "x+y ; $x-y$",
                "x ; $y$",
                "y = 2x + 1 ; $y = 2x$",
                "x < 3 ; $x \\le 3$",
                "x < 3 ; $x > 3$",
                "(1, 2) ; $(2,1)$",
                "(1, 2) ; $[1,2]$",
                "(1, 2) ; 1",
                "\\{1,2,3\\} ; $\\{1,2\\}$",
                "\\{1,2\\} ; $\\{1,1,2\\}$",
                "\\pm 3 ; 3",
                "\\sqrt{2} ; 1.4",
                "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix} ; $\\begin{pmatrix} 2 \\\\ 1 \\end{pmatrix}$",
                "\\text{Tuesday} ; The answer is \\boxed{\\text{Monday}}.",
                "B ; \\boxed{\\textbf{(C)}}",
                "5 ; I do not know",
                "5 ; ``",
                "5 ; \\boxed{}",
                "5 ; \\boxed{5, 6}",
                "0 ; \\frac{1}{0}",
                "28\\% ; 2.8",
            })
    void meansSomethingElse(String gold, String completion) {
        String typeset = gold.contains("\\") ? "$" + gold + "$" : gold;
        assertThat(verifier.matches(typeset, completion)).isFalse();
    }

    @Test
    void theLastAnswerCountsNotTheFirst() {
        assertThat(verifier.matches("7", "At first \\boxed{5}, but no: \\boxed{7}"))
                .isTrue();
        assertThat(verifier.matches("5", "At first \\boxed{5}, but no: \\boxed{7}"))
                .isFalse();
        assertThat(verifier.matches("7", "The answer is 5.\nThe answer is 7.")).isTrue();
    }

    @Test
    void hostileInputEndsSoonAndIsNoMatch() {
        List<String> hostile = List.of(
                "(".repeat(100_000),
                "\\boxed{" + "{".repeat(1500) + "}",
                "\\boxed{9^{9^{9^{9}}}}",
                "\\boxed{10^{1000000000}}",
                "\\boxed{1e999999999}",
                "$".repeat(50_000),
                "\\(".repeat(30_000),
                "1,".repeat(50_000),
                "answer is ".repeat(20_000),
                "\\boxed{" + "-".repeat(1900) + "5}",
                "\\boxed{" + "5!".repeat(900) + "}",
                "\\boxed{" + "9".repeat(1990) + "}",
                "\u0000\uD800");
        for (String text : hostile) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThat(verifier.matches("5", text)).isFalse());
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> verifier.matches(text, text));
        }
    }

    @Test
    void digitsAndSetsAreOptions() {
        assertThat(new MathVerifier("gold", 2, false).matches("1/3", "0.33")).isTrue();
        assertThat(new MathVerifier("gold", 6, false).matches("$x \\in [1,2]$", "$1 \\le x \\le 2$"))
                .isFalse();
        assertThat(new MathVerifier("gold", 6, true).matches("$x \\in [1,2]$", "$1 \\le x \\le 2$"))
                .isTrue();
    }

    @Test
    void scoresARowAndNamesAMissingColumn() {
        assertThat(verifier.score("?", "\\boxed{4}", Map.of("answer", 4))).isEqualTo(1.0);
        assertThat(verifier.score("?", "\\boxed{3}", Map.of("answer", 4))).isEqualTo(0.0);
        assertThatThrownBy(() -> verifier.score("?", "4", Map.of("gold", 4)))
                .hasMessage("answer: expected a column with the right answer, got columns [gold]");
        assertThatThrownBy(() -> new MathVerifier("answer", 13, false)).hasMessageStartingWith("digits: expected");
        assertThatThrownBy(() -> new MathVerifier(" ", 6, false)).hasMessageStartingWith("goldColumn: expected");
    }
}
