package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.Serializable;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * Runs candidate encoders before anyone trusts them. Qu et al. 2024 (LaRe), section 4.2 (self-verification).
 *
 * <p>A candidate fails if it throws, if a factor of the two probe states has another shape than (2,1), or if one is not finite. The
 * message says why, to be given back to whoever wrote it.
 *
 * @param direct whether a candidate must give exactly one factor, which is used as the reward itself
 */
public record EncoderVerification(boolean direct) implements Serializable {

    /** Any number of factors. */
    public EncoderVerification() {
        this(false);
    }

    /**
     * What came out.
     *
     * @param passed whether a candidate passed
     * @param candidate the first that did, or the last one tried
     * @param message why that one failed, empty if it passed
     * @param factors how many it gave, D; 0 if it failed
     */
    public record Verdict(boolean passed, int candidate, String message, int factors) {}

    /**
     * Tries candidates in order until one passes.
     *
     * @param candidates at least one
     * @param observation of two probe states (2,O)
     * @param action of two probe states (2,A)
     */
    public Verdict verify(List<LatentRewardEncoder> candidates, NDArray observation, NDArray action) {
        Check.shape(
                "observation",
                observation,
                2,
                Check.matrix("observation", observation).getShape().get(1));
        Check.shape(
                "action", action, 2, Check.matrix("action", action).getShape().get(1));
        if (candidates.isEmpty()) {
            throw Check.failure("candidates", "at least one encoder", "none");
        }
        Verdict verdict = verify(candidates.get(0), 0, observation, action);
        for (int i = 1; i < candidates.size() && !verdict.passed(); i++) {
            verdict = verify(candidates.get(i), i, observation, action);
        }
        return verdict;
    }

    private Verdict verify(LatentRewardEncoder encoder, int number, NDArray observation, NDArray action) {
        try (Scope scope = Scope.open()) {
            List<NDArray> factors = encoder.encode(observation, action);
            String fault = fault(factors);
            return new Verdict(fault.isEmpty(), number, fault, fault.isEmpty() ? factors.size() : 0);
        } catch (RuntimeException e) {
            return new Verdict(false, number, String.valueOf(e), 0);
        }
    }

    private String fault(List<NDArray> factors) {
        if (direct ? factors.size() != 1 : factors.isEmpty()) {
            return "factors: expected " + (direct ? "exactly" : "at least") + " one, got " + factors.size();
        }
        Shape expected = new Shape(2, 1);
        for (int i = 0; i < factors.size(); i++) {
            NDArray factor = factors.get(i);
            if (!factor.getShape().equals(expected)) {
                return "factor " + i + ": expected shape " + expected + ", got " + factor.getShape();
            }
            for (double number : Tensors.toDoubles(factor)) {
                if (!Double.isFinite(number)) {
                    return "factor " + i + ": expected finite numbers, got " + number;
                }
            }
        }
        return "";
    }
}
