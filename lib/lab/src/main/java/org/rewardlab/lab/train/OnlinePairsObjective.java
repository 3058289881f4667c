package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.preference.OnlinePairs;
import org.rewardlab.preference.OnlinePreferenceLoss;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** A loss on pairs of which the policy wrote one response and its reference the other. */
final class OnlinePairsObjective implements FitLoop.Objective {

    private static final Script HALVES = Script.of("""
            def halves(self, x: Tensor) -> List[Tensor]:
              return torch.chunk(x, 2, 0)
            """);

    private final CausalLm policy;
    private final CausalLm reference;
    private final OnlinePreferenceLoss<OnlinePairs> loss;
    private final List<PreferenceRound.Choice> pairs;
    private final int padId;
    private final int microBatch;

    OnlinePairsObjective(
            CausalLm policy,
            CausalLm reference,
            OnlinePreferenceLoss<OnlinePairs> loss,
            List<PreferenceRound.Choice> pairs,
            int padId,
            int microBatch) {
        this.policy = policy;
        this.reference = reference;
        this.loss = loss;
        this.pairs = pairs;
        this.padId = padId;
        this.microBatch = microBatch;
        for (PreferenceRound.Choice pair : pairs) {
            if (pair.chosen().fromReference() == pair.rejected().fromReference()) {
                throw Check.failure(
                        "selection",
                        "pairs of a response of the policy and one of the reference, as PairSelection.policyAgainstReference()"
                                + " makes them",
                        "two of one writer");
            }
        }
    }

    @Override
    public double backward(NDManager manager, int step, int[] rows, Map<String, Double> metrics) {
        List<TokenPairs.Pair> written = new ArrayList<>();
        double[] won = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            PreferenceRound.Choice pair = pairs.get(rows[i]);
            boolean policyWon = pair.rejected().fromReference();
            Candidate own = policyWon ? pair.chosen() : pair.rejected();
            Candidate other = policyWon ? pair.rejected() : pair.chosen();
            won[i] = policyWon ? 1 : 0;
            written.add(new TokenPairs.Pair(
                    own.tokens().prompt(), own.tokens().tokens(), other.tokens().tokens()));
        }
        SequenceBatch batch = TokenPairs.batch(manager, policy.dataType(), written, padId);
        NDArray flags = Tensors.create(manager, won, policy.dataType(), won.length);
        NDArray[] ref;
        try (GradientMode mode = GradientMode.paused()) {
            ref = HALVES.callMany(reference.responseLogps(batch, 1));
        }
        return MicroBatches.backward(
                batch,
                microBatch,
                part -> policy.responseLogps(part, 1),
                logps -> {
                    NDArray[] own = HALVES.callMany(logps);
                    LossOutput output = loss.loss(new OnlinePairs(own[0], own[1], ref[0], ref[1], flags));
                    output.metrics().toMap().forEach((name, value) -> metrics.put(MetricNames.of(name), value));
                    return output.loss();
                },
                "the preference loss",
                "a smaller beta");
    }
}
