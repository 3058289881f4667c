package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.lab.data.Prompt;

class ArithmeticTaskTest {

    @Test
    void solutionsAreWorkedFromTheRight() {
        ArithmeticTask task = new ArithmeticTask(2, true);
        Prompt prompt = task.prompt(47, 85);
        assertThat(prompt.text()).isEqualTo("47+85=");
        assertThat(task.solution(prompt)).isEqualTo("7+5+0=12;4+8+1=13;132");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsOwnSolutionsAreRightAndFit(boolean worked) {
        ArithmeticTask task = new ArithmeticTask(3, worked);
        for (Prompt prompt : task.draw(200, new SplittableRandom(1))) {
            String solution = task.solution(prompt);
            assertThat(task.isRight(solution, prompt.columns())).isTrue();
            assertThat(task.isRight(solution + "1", prompt.columns())).isFalse();
            assertThat(task.tokenizer().encode(solution)).hasSizeLessThan(task.longestSolution());
            assertThat(task.tokenizer().encode(prompt.text() + solution)).hasSizeLessThan(task.longestSequence());
        }
    }

    @Test
    void aSeedFixesThePrompts() {
        ArithmeticTask task = new ArithmeticTask(2);
        assertThat(task.draw(20, new SplittableRandom(4))).isEqualTo(task.draw(20, new SplittableRandom(4)));
    }

    @Test
    void promptsOfOtherTasksAreRejected() {
        assertThatThrownBy(() -> new ArithmeticTask(1).solution(new Prompt("why?")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a column a");
        assertThatThrownBy(() -> new ArithmeticTask(0)).hasMessageContaining("digits");
    }
}
