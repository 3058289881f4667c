package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.environment.ArithmeticTask;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.TransformerConfig;

class SftTest {

    @Test
    void oneDigitSumsAreLearnt() {
        ArithmeticTask task = new ArithmeticTask(1);
        try (CausalLm model =
                CausalLm.create(TransformerConfig.of(task.tokenizer().size(), 32, 1, 4, task.longestSequence()), 1)) {
            List<Prompt> prompts = task.draw(400, new SplittableRandom(2));
            double loss = Sft.of(model, task.tokenizer())
                    .on(prompts.stream()
                            .map(p -> new Example.Completed(p.text(), task.solution(p)))
                            .toList())
                    .epochs(40)
                    .learningRate(3e-3)
                    .quiet()
                    .run();
            assertThat(loss).isLessThan(0.2);
            List<Completion> greedy = Sampler.sample(
                    model,
                    prompts.stream().map(p -> task.tokenizer().encode(p.text())).toList(),
                    Sampling.greedy(task.longestSolution())
                            .stopAt(task.tokenizer().endId()),
                    0);
            int right = 0;
            for (int i = 0; i < prompts.size(); i++) {
                String text = task.tokenizer().decode(greedy.get(i).tokens());
                right += task.isRight(text, prompts.get(i).columns()) ? 1 : 0;
            }
            assertThat(right).isGreaterThan(340);
        }
    }

    @Test
    void nothingToLearnIsRejected() {
        ArithmeticTask task = new ArithmeticTask(1);
        try (CausalLm model =
                CausalLm.create(TransformerConfig.of(task.tokenizer().size(), 8, 1, 2, 9), 1)) {
            assertThatThrownBy(() -> Sft.of(model, task.tokenizer()).run()).hasMessageContaining("on(...)");
        }
    }
}
