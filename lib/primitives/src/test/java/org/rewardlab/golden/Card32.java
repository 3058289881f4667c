package org.rewardlab.golden;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.reward.Ceiling;
import org.rewardlab.reward.FittedSigmoid;
import org.rewardlab.reward.LengthPenalty;
import org.rewardlab.reward.LogSigmoidCentred;
import org.rewardlab.reward.ReferenceShape;
import org.rewardlab.reward.ReferenceShape.Curve;
import org.rewardlab.reward.RewardTransform;
import org.rewardlab.reward.RunningScaling;
import org.rewardlab.reward.ScoredResponses;
import org.rewardlab.reward.SigmoidReward;
import org.rewardlab.tensor.Check;

/** Reward shaping against hacking. */
final class Card32 extends Card {
    Card32() {
        add("shapeReward", c -> {
            RewardTransform transform = transform(c);
            ScoredResponses responses = new ScoredResponses(c.array("rewards"));
            return Result.of(
                    "shaped",
                    transform.transform(
                            c.has("refRewards") ? responses.withReferences(c.array("refRewards")) : responses));
        });
        add("runningRewardShaper", c -> {
            RunningScaling scaling =
                    new RunningScaling(Choice.of("method", c.text("method"), RunningScaling.Method.values()));
            RunningScaling.State state = scaling.initial();
            List<NDArray> shaped = new ArrayList<>();
            for (NDArray batch : c.arrays("batches")) {
                RunningScaling.Step step = scaling.next(state, batch);
                shaped.add(step.rewards());
                state = step.state();
            }
            if (shaped.isEmpty()) {
                throw Check.failure("batches", "at least one batch", "none");
            }
            return Result.of("shaped", shaped).and("mean", state.mean()).and("std", state.std());
        });
        add(
                "lengthPenalty",
                c -> Result.of(
                        "rewards",
                        new LengthPenalty(c.whole("validLength", 300), c.number("coefficient", 0.01))
                                .transform(new ScoredResponses(c.array("rewards")).withLengths(c.array("lengths")))));
        add("fittedPolyCoefficients", c -> Result.of("coefficients", FittedSigmoid.coefficients()));
    }

    private static RewardTransform transform(Case c) {
        int maxRef = c.whole("maxRef", 10);
        String method = c.text("method");
        return switch (method) {
            case "vanilla" -> RewardTransform.identity();
            case "ceiling" -> new Ceiling(c.number("ceiling"));
            case "sigmoid" -> new SigmoidReward(c.number("k", 1));
            case "centered" -> new ReferenceShape(Curve.IDENTITY, 1, 0, maxRef);
            case "par" -> new ReferenceShape(Curve.SIGMOID, c.number("k", 1), 0, maxRef);
            case "tanh" -> new ReferenceShape(Curve.TANH, 1, 0, maxRef);
            case "arctan" -> new ReferenceShape(Curve.ARCTAN, 1, 0, maxRef);
            case "fittedPoly" -> new ReferenceShape(Curve.FITTED_POLYNOMIAL, 1, 0, maxRef);
            case "sgfc" -> new ReferenceShape(Curve.SIGMOID, c.number("k", 3), c.number("shift", 3), maxRef);
            case "lsc" -> new LogSigmoidCentred(c.number("quantile", 0.85));
            default ->
                throw Check.failure(
                        "method",
                        "one of vanilla, ceiling, sigmoid, centered, par, tanh, arctan, fittedPoly, sgfc, lsc",
                        method);
        };
    }
}
