package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenizersTest {

    @Test
    void charactersComeBack() {
        Tokenizer tokenizer = CharTokenizer.over(List.of("12+3=", "π😀"));
        assertThat(tokenizer.decode(tokenizer.encode("3+1=π😀"))).isEqualTo("3+1=π😀");
        assertThat(tokenizer.size()).isEqualTo(9);
        assertThat(tokenizer.show(tokenizer.endId())).isEqualTo("<end>");
        assertThatThrownBy(() -> tokenizer.encode("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got x");
    }

    @Test
    void wordsComeBack() {
        Tokenizer tokenizer = WordTokenizer.over(List.of("the cat sat", " the  dog "));
        assertThat(tokenizer.decode(tokenizer.encode("the dog sat"))).isEqualTo("the dog sat");
        assertThat(tokenizer.encode("")).isEmpty();
        assertThat(tokenizer.size()).isEqualTo(6);
        assertThatThrownBy(() -> tokenizer.encode("the bird")).hasMessageContaining("bird");
        assertThatThrownBy(() -> tokenizer.decode(new int[] {6})).hasMessageContaining("[0, 6)");
    }

    @Test
    void endAndPadAreSilent() {
        Tokenizer tokenizer = CharTokenizer.of("ab");
        assertThat(tokenizer.decode(new int[] {2, 3, tokenizer.endId(), tokenizer.padId()}))
                .isEqualTo("ab");
    }
}
