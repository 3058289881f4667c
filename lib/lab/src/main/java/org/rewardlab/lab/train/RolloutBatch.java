package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.RewardTable;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * The completions of a step as arrays: sequences for the models, rollouts for credit and advantages.
 *
 * @param sequences prompts with completions
 * @param oldLogps under the policy that sampled (B,T)
 * @param refLogps under the reference (B,T)
 * @param values a critic's (B,T), null without one
 * @param rewards on the last token of each row (B,T)
 * @param rows that are learnt from
 * @param rollouts these rows alone, for credit and advantages: one that nobody scored, or that is filtered out, is no part of its
 *     group's mean
 */
@SuppressWarnings("ArrayRecordComponent")
record RolloutBatch(
        SequenceBatch sequences,
        NDArray oldLogps,
        NDArray refLogps,
        @Nullable NDArray values,
        NDArray rewards,
        int[] rows,
        Rollouts rollouts) {

    private static final Script TURNS = Script.of("""
            def turns(self, mask: Tensor) -> Tensor:
              return torch.sub(mask, 1.)
            """);

    private static final Script RATIO = Script.of("""
            def ratio(self, logps: Tensor, drawn: Tensor, mask: Tensor) -> Tensor:
              return torch.exp(torch.mul(torch.sub(logps, drawn), mask))
            """);

    /** The outcome reward stands on the last token of each row; rows that no function scored have none, and do not count. */
    static RolloutBatch of(
            NDManager manager,
            DataType type,
            SequenceBatch all,
            NDArray old,
            NDArray ref,
            @Nullable NDArray values,
            @Nullable NDArray squares,
            Set<Rollouts.Part> reads,
            Rollout rollout) {
        double[][] placed = Tensors.toRows(all.mask());
        double[] outcomes = rollout.rewards();
        for (int b = 0; b < placed.length; b++) {
            Arrays.fill(placed[b], 0);
            placed[b][rollout.completions().get(b).length() - 1] = Double.isNaN(outcomes[b]) ? 0 : outcomes[b];
        }
        NDArray rewards = Tensors.fromRows(manager, placed, type);
        int[] rows = IntStream.range(0, placed.length)
                .filter(b -> rollout.counts()[b])
                .toArray();
        int[] credited =
                rows.length == 0 ? IntStream.range(0, placed.length).toArray() : rows; // none: nobody asks for credit
        int width = placed[0].length;
        Rows pick = new Rows(manager, credited);
        UnaryOperator<NDArray> of = credited.length == placed.length ? x -> x : x -> pick.of(x, width);
        long[] groups =
                Arrays.stream(credited).mapToLong(b -> rollout.groups()[b]).toArray();
        double[] ends = Arrays.stream(credited)
                .mapToDouble(b -> Double.isNaN(outcomes[b]) ? 0 : outcomes[b])
                .toArray();
        Rollouts rollouts = Rollouts.of(of.apply(rewards), of.apply(all.mask()))
                .withLogps(of.apply(old))
                .withOldLogps(of.apply(old))
                .withRefLogps(of.apply(ref))
                .withOutcomes(Tensors.create(manager, ends, type, ends.length))
                .withGroups(Tensors.create(manager, groups, groups.length));
        if (values != null) {
            rollouts = rollouts.withValues(of.apply(values));
        }
        for (Rollouts.Part part : reads) {
            rollouts = switch (part) {
                case TURNS -> rollouts.withTurns(of.apply(turns(all)));
                case ENTROPIES -> rollouts.withEntropies(of.apply(noted(all, rollout, Completion::entropies)));
                case IS_WEIGHTS -> rollouts.withIsWeights(of.apply(weights(all, old, rollout)));
                case SQUARED_PROBABILITIES ->
                    rollouts.withSquaredProbabilities(
                            of.apply(Check.present("squaredProbabilities", squares, "an estimator that reads them")));
                case BASELINES ->
                    rollouts.withBaselines(Tensors.create(
                            manager,
                            Arrays.stream(credited)
                                    .mapToDouble(b -> rollout.baselines()[b])
                                    .toArray(),
                            type,
                            credited.length));
                default -> rollouts; // every run has it, or none, which was said at the start
            };
        }
        return new RolloutBatch(all, old, ref, values, rewards, rows, rollouts);
    }

    /** One turn a row: 0 on what counts, -1 elsewhere. */
    static NDArray turns(SequenceBatch all) {
        return TURNS.call(all.mask());
    }

    /** What was noted of each token while it was drawn, 0 on padding. */
    static NDArray noted(SequenceBatch all, Rollout rollout, Function<Completion, double[]> of) {
        double[][] numbers = new double[rollout.completions().size()][];
        for (int b = 0; b < numbers.length; b++) {
            numbers[b] = Arrays.copyOf(of.apply(rollout.completions().get(b)), (int)
                    all.mask().getShape().get(1));
        }
        return Tensors.fromRows(all.mask().getManager(), numbers, all.mask().getDataType());
    }

    /** How much likelier the policy is to draw each token than what drew it was. */
    static NDArray weights(SequenceBatch all, NDArray old, Rollout rollout) {
        return RATIO.call(old, noted(all, rollout, Completion::logps), all.mask());
    }

    /** Advantages of the rows that are learnt from, in their places among all rows; 0 for the others. */
    Advantages everywhere(Advantages some) {
        NDArray returns = some.returns();
        return new Advantages(everywhere(some.advantages()), returns == null ? null : everywhere(returns));
    }

    /** The same for one matrix. */
    NDArray everywhere(NDArray some) {
        if (rows.length == oldLogps.getShape().get(0)) {
            return some;
        }
        double[][] given = Tensors.toRows(some);
        double[][] all = new double[(int) oldLogps.getShape().get(0)][given[0].length];
        for (int i = 0; i < rows.length; i++) {
            all[rows[i]] = given[i];
        }
        return Tensors.fromRows(oldLogps.getManager(), all, some.getDataType());
    }

    /** The rewards of all functions, each in a column; NaN where one does not apply. */
    RewardTable table(List<NamedReward> functions, Rollout rollout) {
        NDManager manager = oldLogps.getManager();
        DataType type = oldLogps.getDataType();
        double[][] rows = new double[rollout.named().size()][functions.size()];
        double[] weights = new double[functions.size()];
        for (int k = 0; k < weights.length; k++) {
            NamedReward function = functions.get(k);
            weights[k] = function.weight();
            for (int b = 0; b < rows.length; b++) {
                rows[b][k] = rollout.named().get(b).getOrDefault(function.name(), Double.NaN);
            }
        }
        return new RewardTable(
                Tensors.fromRows(manager, rows, type),
                Tensors.create(manager, weights, type, weights.length),
                oldLogps,
                refLogps,
                sequences.mask());
    }
}
