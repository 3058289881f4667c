package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.List;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.environment.ArithmeticTask;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.policy.PolicyLoss;

/** GRPO on two-digit addition from a fine-tuned start, for trying sizes and rates. */
final class AdditionMain {

    public static void main(String[] arguments) {
        long seed = Long.parseLong(arguments[0]);
        int sftExamples = Integer.parseInt(arguments[1]);
        int steps = Integer.parseInt(arguments[2]);
        double rate = Double.parseDouble(arguments[3]);
        boolean worked = arguments.length > 4;
        long start = System.nanoTime();
        ArithmeticTask task = new ArithmeticTask(2, worked);
        CausalLm model =
                CausalLm.create(TransformerConfig.tiny(task.tokenizer().size(), task.longestSequence() + 2), seed);
        var random = new Seeds(seed).child("sft").generator();
        List<Sft.Example> examples = new ArrayList<>();
        for (Prompt prompt : task.draw(sftExamples, random)) {
            examples.add(new Sft.Example(prompt.text(), task.solution(prompt)));
        }
        Sft.of(model, task.tokenizer())
                .on(examples)
                .epochs(20)
                .learningRate(2e-3)
                .quiet()
                .run();
        report(model, task, 0, start);
        var training = PolicyTraining.of(model, task.tokenizer())
                .prompts(task)
                .reward("correct", (p, c, row) -> task.isRight(c, row) ? 1 : 0)
                .advantages(AdvantageEstimator.groupRelative())
                .loss(PolicyLoss.ppoClip(0.2))
                .learningRate(rate)
                .promptsPerStep(32)
                .sampling(Sampling.of(task.longestSolution()).stopAt(1))
                .seed(seed);
        for (PolicyStep step : training.steps(steps)) {
            if (step.number() % 20 == 0) {
                System.out.printf(
                        "step %d reward %.3f zero-std %.2f entropy %.3f kl %.3f grad %.3f diff %.1e%n",
                        step.number(),
                        step.metric("reward"),
                        step.metric("frac_reward_zero_std"),
                        step.metric("entropy"),
                        step.metric("kl"),
                        step.metric("grad_norm"),
                        step.metric("sampling/sampling_logp_difference/max"));
            }
            if (step.number() % 100 == 0) {
                report(model, task, step.number(), start);
            }
        }
    }

    private static void report(CausalLm model, ArithmeticTask task, int step, long start) {
        List<Prompt> prompts = task.draw(500, new Seeds(99).generator());
        List<Completion> greedy = Sampler.sample(
                model,
                prompts.stream().map(p -> task.tokenizer().encode(p.text())).toList(),
                Sampling.greedy(task.longestSolution()).stopAt(1),
                0);
        int right = 0;
        for (int i = 0; i < prompts.size(); i++) {
            right += task.isRight(
                            task.tokenizer().decode(greedy.get(i).tokens()),
                            prompts.get(i).columns())
                    ? 1
                    : 0;
        }
        System.out.printf("%d: greedy %.3f after %.0f s%n", step, right / 500.0, (System.nanoTime() - start) / 1e9);
    }
}
