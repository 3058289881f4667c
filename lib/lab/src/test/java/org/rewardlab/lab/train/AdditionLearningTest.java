package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.environment.ArithmeticTask;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.policy.PolicyLoss;

/**
 * A verifier's yes or no teaches two-digit addition: from about two answers in five to nine in ten, on one thread.
 *
 * <p>What makes it work: worked steps; prompts that teach nothing replaced; rates that rise slowly, because AdamW's first steps
 * are full ones whatever their direction is worth; advantages that are centred but not divided by the deviation of their group,
 * which would make the rarest luck the loudest; a temperature a little below 1.
 */
class AdditionLearningTest {

    private static final ArithmeticTask SUMS = new ArithmeticTask(2, true);
    private static final Seeds ROOT = new Seeds(0x5eed_add2L);

    /** All sums in three parts: to learn from, to know when to stop, to judge by. */
    private record Split(List<Prompt> train, List<Prompt> stop, List<Prompt> test) {
        static Split of(Seeds seeds) {
            List<Prompt> all = IntStream.of(Shuffle.order(10_000, seeds.value()))
                    .mapToObj(sum -> SUMS.prompt(sum / 100, sum % 100))
                    .toList();
            return new Split(all.subList(700, 10_000), all.subList(0, 200), all.subList(200, 700));
        }
    }

    static List<Seeds> seeds() {
        return IntStream.range(0, 5).mapToObj(ROOT::child).toList();
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("seeds")
    void aVerifierAloneTeachesTwoDigitAdditionInFourMinutes(Seeds seeds) {
        double began = cpuSeconds();
        Split split = Split.of(seeds.child("split"));
        try (CausalLm model = CausalLm.create(
                TransformerConfig.tiny(SUMS.tokenizer().size(), SUMS.longestSequence()),
                seeds.child("model").value())) {
            fineTune(model, split, seeds.child("fine-tuning"));
            double before = accuracy(model, split.test());
            int steps = reinforce(model, split, seeds.child("policy"));
            double after = accuracy(model, split.test());
            double spent = cpuSeconds() - began;
            System.out.printf("before %.3f, after %.3f, %d steps, %.0f s%n", before, after, steps, spent);
            assertThat(before).isBetween(0.2, 0.5);
            assertThat(after).isGreaterThan(0.9);
            assertThat(spent).as("seconds of the thread").isLessThan(240);
        }
    }

    /** A thousand solved sums, again and again, until about two answers in five are right. */
    private static void fineTune(CausalLm model, Split split, Seeds seeds) {
        List<Example.Completed> solved = new ArrayList<>();
        split.train()
                .subList(0, 1000)
                .forEach(sum -> solved.add(new Example.Completed(sum.text(), SUMS.solution(sum))));
        for (int round = 0; round < 200 && accuracy(model, split.stop()) < 0.38; round++) {
            int from = round * 350 % 1000;
            List<Example.Completed> some = new ArrayList<>(solved.subList(from, Math.min(1000, from + 350)));
            some.addAll(solved.subList(0, 350 - some.size()));
            Sft.of(model, SUMS.tokenizer())
                    .on(some)
                    .epochs(1)
                    .learningRate(2e-3)
                    .seed(seeds.child(round).value())
                    .quiet()
                    .run();
        }
    }

    /** Group-relative policy optimization until the held-out sums are nearly all right; gives the number of steps. */
    private static int reinforce(CausalLm model, Split split, Seeds seeds) {
        PolicyTraining training = PolicyTraining.of(model, SUMS.tokenizer())
                .prompts(PromptSource.of(split.train()))
                .reward("correct", (prompt, completion, row) -> SUMS.isRight(completion, row) ? 1 : 0)
                .advantages(AdvantageEstimator.groupCentred())
                .loss(PolicyLoss.ppoClip(0.2, 0.28))
                .options(new PolicyOptions(32, 8, 1, 0, 7e-4, 1e-3, 1).withWarmup(30))
                .sampling(Sampling.of(SUMS.longestSolution())
                        .temperature(0.8)
                        .stopAt(SUMS.tokenizer().endId()))
                .equalGroups(PolicyTraining.EqualGroups.RESAMPLE)
                .seed(seeds.value());
        int taken = 0;
        for (PolicyStep step : training.steps(900)) {
            taken = step.number();
            if (taken % 20 == 0 && accuracy(model, split.stop()) >= 0.96) {
                break;
            }
        }
        return taken;
    }

    /** The share of sums that are right when the likeliest token is taken each time. */
    private static double accuracy(CausalLm model, List<Prompt> sums) {
        List<Completion> answers = Sampler.sample(
                model,
                sums.stream().map(sum -> SUMS.tokenizer().encode(sum.text())).toList(),
                Sampling.greedy(SUMS.longestSolution()).stopAt(SUMS.tokenizer().endId()),
                1);
        long right = IntStream.range(0, sums.size())
                .filter(i -> SUMS.isRight(
                        SUMS.tokenizer().decode(answers.get(i).tokens()),
                        sums.get(i).columns()))
                .count();
        return (double) right / sums.size();
    }

    private static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
