package org.rewardlab.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnsiTextTest {
    @Test
    void coloursAndWeightsBecomeClasses() {
        assertThat(AnsiText.html("\u001B[1;31mred\u001B[0m <b> \u001B[2mdim\u001B[22m\u001B[4mline\u001B[24m"))
                .isEqualTo(
                        "<span class=\"ab a1\">red</span> &lt;b&gt; <span class=\"ad\">dim</span><span class=\"au\">line</span>");
        assertThat(AnsiText.html("\u001B[38;5;2mg\u001B[39m\u001B[94mb\u001B[m."))
                .isEqualTo("<span class=\"a2\">g</span><span class=\"a4\">b</span>.");
        assertThat(AnsiText.html("\u001B[38;2;1;2;3mx\u001B[48;5;200my")).isEqualTo("xy");
    }

    @Test
    void otherEscapesAreDropped() {
        assertThat(AnsiText.html("a\u001B[2Kb\u001B[?25lc\u001B]0;title\u0007d"))
                .isEqualTo("abcd");
    }

    @Test
    void aCarriageReturnStartsItsLineAgain() {
        assertThat(AnsiText.html("x\n10 %\r50 %\r100 %\ny")).isEqualTo("x\n100 %\ny");
        assertThat(AnsiText.html("windows\r\nline\r")).isEqualTo("windows\nline");
        assertThat(AnsiText.html("ab\bc")).isEqualTo("ac");
    }
}
