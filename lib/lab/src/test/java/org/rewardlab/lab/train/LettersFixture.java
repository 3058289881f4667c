package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.rewardlab.lab.data.Example;
import org.rewardlab.lab.data.PreferencePair;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.CharTokenizer;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.tensor.Tensors;

/** A world of four letters: good answers are made of the letter a. */
final class LettersFixture {
    static final Tokenizer LETTERS = CharTokenizer.of("abcd");
    static final PromptSource PROMPTS = PromptSource.of(List.of(new Prompt("a"), new Prompt("bc"), new Prompt("dab")));

    private LettersFixture() {}

    static CausalLm model(long seed) {
        return CausalLm.create(TransformerConfig.of(LETTERS.size(), 16, 1, 2, 12), seed);
    }

    static PolicyTraining policyTraining(CausalLm model) {
        return PolicyTraining.of(model, LETTERS)
                .prompts(PROMPTS)
                .reward("letter a", (prompt, completion, row) -> 0.25 * count(completion))
                .promptsPerStep(6)
                .samples(6)
                .learningRate(1e-2)
                .sampling(Sampling.of(4).stopAt(LETTERS.endId()))
                .seed(3);
    }

    static long count(String text) {
        return text.chars().filter(c -> c == 'a').count();
    }

    /** Pairs of which the response with more letters a is preferred, of different lengths. */
    static List<PreferencePair> pairs(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<PreferencePair> pairs = new ArrayList<>();
        while (pairs.size() < count) {
            String prompt = letters(random, 1 + random.nextInt(3));
            String one = letters(random, 1 + random.nextInt(4));
            String two = letters(random, 1 + random.nextInt(4));
            if (count(one) != count(two)) {
                boolean first = count(one) > count(two);
                pairs.add(new PreferencePair(prompt, first ? one : two, first ? two : one));
            }
        }
        return pairs;
    }

    static List<Example.Completed> examples(int count) {
        return pairs(count).stream()
                .map(pair -> new Example.Completed(pair.prompt(), pair.chosen()))
                .toList();
    }

    private static String letters(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("abcd".charAt(random.nextInt(4)));
        }
        return text.toString();
    }

    /** All parameters of a model, one after another. */
    static double[] numbers(List<NDArray> parameters) {
        return parameters.stream()
                .flatMapToDouble(array -> java.util.Arrays.stream(Tensors.toDoubles(array)))
                .toArray();
    }
}
