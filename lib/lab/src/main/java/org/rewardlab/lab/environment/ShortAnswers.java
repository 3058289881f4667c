package org.rewardlab.lab.environment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * Questions whose answers can all be written down: up to four words out of three, then an end. Each word at each place of each
 * question has a worth, their sum is the truth about an answer, and a policy is a table of logits of the same shape. So token
 * rewards, divergences and the expected truth are known exactly, and a policy trains in a second.
 *
 * <p>Tables are (Q*T,V), row {@code q * LENGTH + t} for place t of question q, float64; the last word is the end.
 *
 * <pre>{@code
 * var task = new ShortAnswers(12, random);
 * NDArray reference = task.reference(manager);          // logits (48,4)
 * var judged = task.pairs(10, random);                  // ten pairs for each question, drawn from the reference
 * var chosen = judged.chosen().words(manager);
 * chosen.read(reference.logSoftmax(1));                 // log-probabilities of words (120,4)
 * }</pre>
 */
public final class ShortAnswers {

    /** Places T of an answer. */
    public static final int LENGTH = 4;

    /** Words V, of which the last one ends an answer. */
    public static final int WORDS = 4;

    private static final int SLOTS = LENGTH * WORDS;
    private static final List<List<Integer>> ANSWERS = continuations(List.of());

    private final int questions;
    private final double[] reference;
    private final double[] worth;
    private final double[][] chances;

    /**
     * Draws the reference's logits and the worth of words, all standard normal.
     *
     * @param questions Q, at least 1
     */
    public ShortAnswers(int questions, RandomGenerator random) {
        this.questions = (int) Check.atLeast("questions", questions, 1);
        reference = normal(random);
        worth = normal(random);
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            chances = chances(reference(manager));
        }
    }

    private static List<List<Integer>> continuations(List<Integer> words) {
        int length = words.size();
        if (length == LENGTH || (length > 0 && words.get(length - 1) == WORDS - 1)) {
            return List.of(words);
        }
        List<List<Integer>> all = new ArrayList<>();
        for (int word = 0; word < WORDS; word++) {
            List<Integer> longer = new ArrayList<>(words);
            longer.add(word);
            all.addAll(continuations(List.copyOf(longer)));
        }
        return all;
    }

    private double[] normal(RandomGenerator random) {
        double[] numbers = new double[questions * SLOTS];
        Arrays.setAll(numbers, i -> random.nextGaussian());
        return numbers;
    }

    /** How many answers A each question has. */
    public static int answers() {
        return ANSWERS.size();
    }

    /** The logits of the reference (Q*T,V). */
    public NDArray reference(NDManager manager) {
        return table(manager, reference);
    }

    /** What each word is worth (Q*T,V). */
    public NDArray worth(NDManager manager) {
        return table(manager, worth);
    }

    private NDArray table(NDManager manager, double[] numbers) {
        return Tensors.create(manager, numbers, DataType.FLOAT64, (long) questions * LENGTH, WORDS);
    }

    /**
     * The sums of a table along every answer: log-probabilities of answers from those of words, their truth from the worth of
     * words.
     *
     * @param table (Q*T,V)
     * @return (Q,A)
     */
    public NDArray along(NDArray table) {
        double[] uses = new double[SLOTS * answers()];
        for (int a = 0; a < answers(); a++) {
            List<Integer> words = ANSWERS.get(a);
            for (int t = 0; t < words.size(); t++) {
                uses[(t * WORDS + words.get(t)) * answers() + a] = 1;
            }
        }
        NDArray matrix = Tensors.create(table.getManager(), uses, DataType.FLOAT64, SLOTS, answers());
        return table.reshape(questions, SLOTS).dot(matrix);
    }

    /** The expected truth of a policy's answers, a mean over questions. */
    public double gold(NDArray logits) {
        try (Scope scope = Scope.open()) {
            NDArray policy = along(logits.logSoftmax(1)).exp();
            return policy.mul(along(worth(logits.getManager()))).sum().getDouble() / questions;
        }
    }

    /** The divergence of a policy from the reference in nats, a mean over questions. */
    public double kl(NDArray logits) {
        try (Scope scope = Scope.open()) {
            NDArray policy = along(logits.logSoftmax(1));
            NDArray base = along(reference(logits.getManager()).logSoftmax(1));
            return policy.exp().mul(policy.sub(base)).sum().getDouble() / questions;
        }
    }

    /**
     * Answers drawn from a policy.
     *
     * @param logits (Q*T,V)
     * @param each how many to each question, at least 1
     */
    public Picked sample(NDArray logits, int each, RandomGenerator random) {
        return sample(chances(logits), each, random);
    }

    private Picked sample(double[][] probabilities, int each, RandomGenerator random) {
        int[] drawn = new int[questions * (int) Check.atLeast("each", each, 1)];
        Arrays.setAll(drawn, i -> draw(probabilities[i % questions], random));
        return new Picked(drawn);
    }

    private double[][] chances(NDArray logits) {
        try (Scope scope = Scope.open()) {
            return Tensors.toRows(along(logits.logSoftmax(1)).exp());
        }
    }

    private static int draw(double[] probabilities, RandomGenerator random) {
        double left = random.nextDouble();
        int answer = 0;
        while (answer < probabilities.length - 1 && (left -= probabilities[answer]) >= 0) {
            answer++;
        }
        return answer;
    }

    /**
     * Pairs of different answers of the reference, judged by the truth with the noise of Bradley and Terry.
     *
     * @param each how many to each question, at least 1
     */
    public Judged pairs(int each, RandomGenerator random) {
        Picked first = sample(chances, each, random);
        int[] other = first.answers.clone();
        for (int i = 0; i < other.length; i++) {
            while (other[i] == first.answers[i]) {
                other[i] = draw(chances[i % questions], random);
            }
        }
        Picked second = new Picked(other);
        double[] wins = first.beats(second, random);
        return new Judged(first.where(wins, second), second.where(wins, first), first);
    }

    /** For each answer of {@code like}, the truly best of some fresh answers of the reference to the same question. */
    public Picked bestOf(int tries, Picked like, RandomGenerator random) {
        int each = like.answers.length / questions;
        Picked best = sample(chances, each, random);
        for (int i = 1; i < tries; i++) {
            Picked other = sample(chances, each, random);
            double[] worse = new double[best.answers.length];
            for (int n = 0; n < worse.length; n++) {
                worse[n] = other.truth(n) > best.truth(n) ? 1 : 0;
            }
            best = other.where(worse, best);
        }
        return best;
    }

    /**
     * Judged pairs.
     *
     * @param chosen what the judge preferred
     * @param rejected the others
     * @param sampled of each pair the one that was drawn first, whichever the judge preferred: a plain sample of the reference
     */
    public record Judged(Picked chosen, Picked rejected, Picked sampled) {}

    /** N answers; the n-th is to question n modulo Q. */
    public final class Picked {
        private final int[] answers;

        private Picked(int... answers) {
            this.answers = answers;
        }

        /** The words as they stand in tables, for reading them again and again. */
        public Words words(NDManager manager) {
            long[] slots = new long[answers.length * LENGTH];
            double[] mask = new double[slots.length];
            for (int n = 0; n < answers.length; n++) {
                List<Integer> words = ANSWERS.get(answers[n]);
                for (int t = 0; t < words.size(); t++) {
                    slots[n * LENGTH + t] = (n % questions) * (long) SLOTS + t * (long) WORDS + words.get(t);
                    mask[n * LENGTH + t] = 1;
                }
            }
            return new Words(
                    Tensors.create(manager, slots, slots.length),
                    Tensors.create(manager, mask, DataType.FLOAT64, answers.length, LENGTH));
        }

        /** A judge's verdicts, with the noise of Bradley and Terry: 1 where the answer here beats the other one (N), else 0. */
        public double[] beats(Picked others, RandomGenerator random) {
            double[] wins = new double[answers.length];
            Arrays.setAll(wins, n -> random.nextDouble() < 1 / (1 + Math.exp(others.truth(n) - truth(n))) ? 1 : 0);
            return wins;
        }

        private double truth(int n) {
            double sum = 0;
            List<Integer> words = ANSWERS.get(answers[n]);
            for (int t = 0; t < words.size(); t++) {
                sum += worth[(n % questions) * SLOTS + t * WORDS + words.get(t)];
            }
            return sum;
        }

        /** These where a flag is 1, the others elsewhere. */
        private Picked where(double[] flags, Picked others) {
            int[] mixed = new int[answers.length];
            Arrays.setAll(mixed, n -> flags[n] != 0 ? answers[n] : others.answers[n]);
            return new Picked(mixed);
        }
    }

    /**
     * Where the words of N answers stand in tables.
     *
     * @param slots of a flattened table (N*T), int64
     * @param mask 1 on words, the end among them, 0 after it (N,T)
     */
    public record Words(NDArray slots, NDArray mask) {

        /** What a table (Q*T,V) says of each word (N,T), 0 after the end; differentiable by the table. */
        public NDArray read(NDArray table) {
            return table.flatten().gather(slots, 0).reshape(mask.getShape()).mul(mask);
        }
    }
}
