package org.rewardlab.workbench.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What magics say of words that they do not know. */
class MagicWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"foo", "cpu 1", "gpu:x", "cpu1", ""})
    void onlyProcessorsAreDevices(String name) {
        assertThatThrownBy(() -> DeviceMagic.run(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%device: expected cpu, gpu or gpu:1, got \"" + name + "\"");
    }

    @Test
    void aSeedIsOneNumber() {
        assertThatThrownBy(() -> SeedMagic.run(List.of("1", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("%seed: expected a whole number, got \"1 2\"");
    }

    @Test
    void theBenchedSourceKeepsItsLinesBelowTheMagic() {
        for (String source : List.of("f(x)", "int x = 1;\nf(x)", "f(x);")) {
            for (String form : BenchMagic.forms(source)) {
                assertThat(form.lines()
                                .skip(1)
                                .limit(source.lines().count())
                                .toList()
                                .toString())
                        .as(form)
                        .contains("f(x)");
                assertThat(form.lines().findFirst().orElse("")).isEqualTo("() -> {");
            }
        }
    }
}
