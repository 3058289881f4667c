package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.rewardlab.tensor.Check;

/** Which of the responses to a prompt are learnt from as pairs. */
@FunctionalInterface
public interface PairSelection {

    /**
     * A preferred response and another one, by their places among the candidates.
     *
     * @param chosen place of the preferred one
     * @param rejected place of the other one
     */
    record Choice(int chosen, int rejected) {}

    /**
     * The pairs of one prompt, possibly none.
     *
     * @param candidates the responses
     * @param scores of them, NaN for those that are left out
     * @param random for selections that draw
     */
    List<Choice> select(List<Candidate> candidates, double[] scores, RandomGenerator random);

    /** The best against the worst; none where all are equal. */
    static PairSelection bestAgainstWorst() {
        return (candidates, scores, random) -> {
            List<Integer> ranked = ranked(scores);
            return ranked.size() < 2 ? List.of() : better(ranked.get(0), ranked.get(ranked.size() - 1), scores, 0);
        };
    }

    /** The best against one drawn from the others. */
    static PairSelection bestAgainstRandom() {
        return (candidates, scores, random) -> {
            List<Integer> ranked = ranked(scores);
            return ranked.size() < 2
                    ? List.of()
                    : better(ranked.get(0), ranked.get(1 + random.nextInt(ranked.size() - 1)), scores, 0);
        };
    }

    /** Two drawn at random. */
    static PairSelection random() {
        return (candidates, scores, random) -> {
            List<Integer> ranked = ranked(scores);
            if (ranked.size() < 2) {
                return List.of();
            }
            int a = random.nextInt(ranked.size());
            int b = random.nextInt(ranked.size() - 1);
            int other = b < a ? b : b + 1;
            return better(ranked.get(Math.min(a, other)), ranked.get(Math.max(a, other)), scores, 0);
        };
    }

    /** All pairs whose scores differ by more than a margin. */
    static PairSelection margin(double margin) {
        Check.notNegative("margin", margin);
        return (candidates, scores, random) -> {
            List<Integer> ranked = ranked(scores);
            List<Choice> pairs = new ArrayList<>();
            for (int i = 0; i < ranked.size(); i++) {
                for (int j = i + 1; j < ranked.size(); j++) {
                    pairs.addAll(better(ranked.get(i), ranked.get(j), scores, margin));
                }
            }
            return pairs;
        };
    }

    /** Each response of the policy with each of the reference, whichever is better; pairs with equal scores are left out. */
    static PairSelection policyAgainstReference() {
        return (candidates, scores, random) -> margin(0).select(candidates, scores, random).stream()
                .filter(pair -> candidates.get(pair.chosen()).fromReference()
                        != candidates.get(pair.rejected()).fromReference())
                .toList();
    }

    private static List<Integer> ranked(double[] scores) {
        return IntStream.range(0, scores.length)
                .filter(i -> !Double.isNaN(scores[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .toList();
    }

    private static List<Choice> better(int above, int below, double[] scores, double margin) {
        return scores[above] - scores[below] > margin ? List.of(new Choice(above, below)) : List.of();
    }
}
