package org.rewardlab.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormatsTest {

    private final TagFormat format = TagFormat.of("think", "answer");

    @Test
    void blocksInOrderAndNothingElseHaveTheForm() {
        assertThat(format.score("", "<think>hm</think>\n<answer>4</answer>\n", Map.of()))
                .isEqualTo(1.0);
        assertThat(format.block("answer", "<think>a < b</think><answer> 4 </answer>"))
                .isEqualTo(" 4 ");
        for (String wrong : List.of(
                "", // nothing
                "4", // no tags
                "<think>hm</think>", // a block is missing
                "<answer>4</answer><think>hm</think>", // another order
                "<think></think><answer>4</answer>", // a blank block
                "<think>hm</think>so<answer>4</answer>", // words between
                "first <think>hm</think><answer>4</answer>", // words before
                "<think>hm</think><answer>4</answer>.", // words behind
                "<think>hm</think><answer>4</answer><answer>5</answer>", // twice
                "<think><answer>4</answer></think>", // one within the other
                "</think>hm<think><answer>4</answer>", // closed before it is opened
                "<Think>hm</Think><answer>4</answer>")) { // another case
            assertThat(format.score("", wrong, Map.of())).as(wrong).isEqualTo(0.0);
            assertThat(format.block("answer", wrong)).isNull();
        }
        assertThatThrownBy(() -> TagFormat.of("a", "a")).hasMessageStartingWith("tags: expected different names");
        assertThatThrownBy(() -> TagFormat.of("a b")).hasMessageStartingWith("tags: expected names of letters");
        assertThatThrownBy(() -> format.block("other", "")).hasMessageStartingWith("tag: expected one of");
    }

    @Test
    void answersMatchWithoutCasePunctuationAndArticles() {
        ExactMatch match = new ExactMatch("answer");
        assertThat(match.score("", " the Eiffel-Tower. ", Map.of("answer", "Eiffel Tower")))
                .isEqualTo(0.0);
        assertThat(match.score("", "The Eiffel   Tower.", Map.of("answer", "eiffel tower")))
                .isEqualTo(1.0);
        assertThat(match.score("", "42", Map.of("answer", 42))).isEqualTo(1.0);
        assertThat(match.score("", "London", Map.of("answer", List.of("Paris", "london"))))
                .isEqualTo(1.0);
        assertThat(match.score("", "London", Map.of("answer", List.of()))).isEqualTo(0.0);
        assertThat(ExactMatch.normalized("An apple, a day")).isEqualTo("apple day");
        assertThatThrownBy(() -> match.score("", "x", Map.of()))
                .hasMessage("answer: expected a column with the right answer, got columns []");
        assertThatThrownBy(() -> new ExactMatch("")).hasMessageStartingWith("goldColumn: expected");
    }
}
