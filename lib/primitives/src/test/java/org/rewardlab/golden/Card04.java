package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.reward.AnnotationQueue;
import org.rewardlab.reward.ClassificationReward;
import org.rewardlab.reward.ComparedRewards;
import org.rewardlab.reward.EpisodicCounts;
import org.rewardlab.reward.IntrinsicBonus;
import org.rewardlab.reward.LabelTable;
import org.rewardlab.reward.PreferenceCrossEntropy;
import org.rewardlab.reward.RunningMoments;
import org.rewardlab.reward.StandardizedThreshold;
import org.rewardlab.tensor.Check;

/** Online intrinsic rewards. */
final class Card04 extends Card {
    Card04() {
        add("retrieval_reward", c -> {
            Map<Long, Integer> labels = new HashMap<>();
            for (JsonNode row : c.input("table")) {
                if (row.size() != 2) {
                    throw Check.failure("table", "pairs of an id and a label", row);
                }
                labels.put(Case.wholeLong("table", row.get(0)), label(Case.number(row.get(1))));
            }
            LabelTable table = new LabelTable(labels, c.number("default", 0));
            return Result.of("intrinsic", table.rewards(c.integers("message_ids"), c.type()));
        });
        add("classification_reward", c -> {
            NDArray logits = c.array("logits");
            ClassificationReward reward = new ClassificationReward(c.number("threshold", 0.5));
            return Result.of("intrinsic", reward.rewards(logits))
                    .and("probability", ClassificationReward.probabilities(logits));
        });
        add("ranking_reward_loss", c -> {
            ComparedRewards pairs = new ComparedRewards(c.array("first"), c.array("second"), c.array("label"));
            PreferenceCrossEntropy loss = new PreferenceCrossEntropy();
            return Result.of(c, loss, pairs, Map.of("first", "first", "second", "second"))
                    .andMetric("accuracy", "accuracy");
        });
        add("running_mean_std", c -> {
            RunningMoments moments = RunningMoments.initial(c.number("epsilon", 1e-4));
            List<double[]> states = new ArrayList<>();
            for (JsonNode chunk : c.input("chunks")) {
                List<Double> numbers = new ArrayList<>();
                Case.flatten(chunk, numbers);
                moments = moments.nextUnbiased(
                        numbers.stream().mapToDouble(Double::doubleValue).toArray());
                states.add(new double[] {moments.mean(), moments.variance(), moments.count()});
            }
            return Result.of("mean_var_count", states);
        });
        add(
                "normalize_and_threshold",
                c -> Result.of(
                        "intrinsic",
                        new StandardizedThreshold(c.number("threshold", -0.5))
                                .rewards(
                                        c.array("values"),
                                        new RunningMoments(c.inputNumber("mean"), c.inputNumber("var"), 1))));
        add("episodic_counts", c -> Result.of("counts", EpisodicCounts.of(c.integers("message_ids"), c.array("done"))));
        add(
                "combined_reward",
                c -> Result.of(
                        "reward",
                        new IntrinsicBonus(
                                        c.number("extrinsic_coef", 0.1),
                                        c.number("intrinsic_coef", 0.4),
                                        c.number("count_exponent", 3))
                                .combine(c.array("extrinsic"), c.array("intrinsic"), c.array("counts"))));
        add("lifo_annotation_queue", c -> {
            AnnotationQueue queue =
                    new AnnotationQueue(c.whole("batch_size"), c.whole("keep_last", AnnotationQueue.KEEP_LAST));
            AnnotationQueue.Tick tick = queue.initial();
            List<List<Long>> annotated = new ArrayList<>();
            for (JsonNode arrivals : c.input("arrivals")) {
                List<Long> ids = new ArrayList<>();
                arrivals.forEach(id -> ids.add(Case.wholeLong("arrivals", id)));
                tick = queue.next(tick, ids);
                annotated.add(tick.annotated());
            }
            return Result.of("annotated", annotated).and("pending", tick.pending());
        });
    }

    private static int label(double number) {
        if (number != 0 && number != 1) {
            throw Check.failure("table", "labels 0 and 1", number);
        }
        return (int) number;
    }
}
