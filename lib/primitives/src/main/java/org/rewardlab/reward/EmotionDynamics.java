package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * The emotion of a simulated user from turn to turn, and when the user leaves. Wang et al. 2025 (RLVER); Zhang et al. 2025
 * (SAGE).
 *
 * <p>Each turn {@code e = min(e + change, cap)}, without a floor. The dialogue ends when e reaches 100 or falls below 10.
 *
 * @param start emotion before the first turn, in [0, 100]: 40 in the benchmark, 30 in training
 * @param maxChange how far one turn may move it, 10 in the benchmark; -1 for no bound, as in training
 * @param cap the largest emotion
 * @param maxTurns after which the dialogue is cut, at least 1
 */
public record EmotionDynamics(int start, int maxChange, int cap, int maxTurns) implements Serializable {

    /** How the user feels, from the emotion e; the letters are the benchmark's. */
    public enum Mood {
        /** {@code e < 10}: the user gives up. */
        F,
        /** {@code e >= 10}. */
        C,
        /** {@code e >= 40}. */
        B,
        /** {@code e >= 70}. */
        A,
        /** {@code e >= 100}: the user is satisfied. */
        S;

        /** The mood at an emotion. */
        public static Mood of(int emotion) {
            return emotion < 10 ? F : emotion < 40 ? C : emotion < 70 ? B : emotion < 100 ? A : S;
        }
    }

    /** Why a dialogue ended. */
    public enum End {
        /** The user had what they came for. */
        SATISFIED("satisfied"),
        /** The user had enough. */
        GAVE_UP("gaveUp"),
        /** All turns were played. */
        MAX_TURNS("maxTurns"),
        /** It has not. */
        OPEN("open");

        private final String label;

        End(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * One dialogue.
     *
     * @param points emotion after each turn that was played
     * @param moods after each of them
     * @param end why it ended
     */
    public record Trajectory(List<Integer> points, List<Mood> moods, End end) implements Serializable {

        public Trajectory {
            points = List.copyOf(points);
            moods = List.copyOf(moods);
        }
    }

    public EmotionDynamics {
        Check.within("start", start, 0, 100);
        Check.atLeast("maxChange", maxChange, -1);
        Check.atLeast("maxTurns", maxTurns, 1);
    }

    /** As in the benchmark: from 40, by at most 10 a turn, up to 100, for 8 turns. */
    public EmotionDynamics() {
        this(40, 10, 100, 8);
    }

    /** The emotion after one more turn. */
    public int next(int emotion, int change) {
        int bounded = maxChange < 0 ? change : Math.max(-maxChange, Math.min(maxChange, change));
        return (int) Math.min((long) emotion + bounded, cap);
    }

    /** The dialogue that these changes make; those after its end are not read. */
    public Trajectory play(int... changes) {
        List<Integer> points = new ArrayList<>();
        List<Mood> moods = new ArrayList<>();
        int emotion = start;
        End end = End.OPEN;
        for (int k = 0; k < changes.length && end == End.OPEN; k++) {
            emotion = next(emotion, changes[k]);
            Mood mood = Mood.of(emotion);
            points.add(emotion);
            moods.add(mood);
            end = mood == Mood.S
                    ? End.SATISFIED
                    : mood == Mood.F ? End.GAVE_UP : k + 1 == maxTurns ? End.MAX_TURNS : End.OPEN;
        }
        return new Trajectory(points, moods, end);
    }

    /**
     * The reward of a dialogue: {@code max(e, 0) / 100} of its last emotion e, whatever the way there.
     *
     * @param finalEmotions (B)
     * @return (B) of their type, in [0, 1] for emotions up to 100
     * @throws IllegalArgumentException for another rank, none, numbers that are not finite
     */
    public static NDArray rewards(NDArray finalEmotions) {
        Check.vector("finalEmotions", finalEmotions);
        Check.floating("finalEmotions", finalEmotions);
        double[] rewards = Tensors.toDoubles(finalEmotions);
        for (int b = 0; b < rewards.length; b++) {
            rewards[b] = reward(rewards[b]);
        }
        return Tensors.create(finalEmotions.getManager(), rewards, finalEmotions.getDataType(), rewards.length);
    }

    /** The same of one dialogue. */
    public static double reward(double finalEmotion) {
        return Math.max(Check.finite("finalEmotions", finalEmotion), 0) / 100;
    }
}
