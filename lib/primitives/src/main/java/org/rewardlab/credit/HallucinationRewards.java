package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * A reward at the end of each segment of a response, by its types of hallucination. Jing and Du 2024 (FGAIF).
 *
 * <p>A faithful statement is worth +1, a hallucinated one -1, none 0, times the weight of its type. Where two segments are
 * taken back to one token the later one counts. A weight of 0 leaves a type out.
 *
 * @param existence weight of statements that something is there
 * @param attribute weight of statements on what it is like
 * @param relation weight of statements on how things stand to each other
 */
public record HallucinationRewards(double existence, double attribute, double relation) implements Serializable {

    public HallucinationRewards {
        Check.finite("existence", existence);
        Check.finite("attribute", attribute);
        Check.finite("relation", relation);
    }

    /** All types count alike. */
    public HallucinationRewards() {
        this(1, 1, 1);
    }

    /**
     * Rewards of tokens, 0 where no segment ends.
     *
     * @param existence unweighted, of the first type (B,T)
     * @param attribute unweighted, of the second type (B,T)
     * @param relation unweighted, of the third type (B,T)
     * @param reward their weighted sum (B,T)
     */
    public record Tokens(NDArray existence, NDArray attribute, NDArray relation, NDArray reward) {}

    /** These rewards as a credit assignment, with the verdicts on those rollouts. */
    public CreditAssignment with(SegmentVerdicts verdicts) {
        return rollouts -> {
            Tokens tokens = tokens(verdicts, (int) rollouts.rewards().getShape().get(1), rollouts.rewards());
            tokens.existence().close();
            tokens.attribute().close();
            tokens.relation().close();
            return tokens.reward();
        };
    }

    /**
     * The rewards of T tokens.
     *
     * @param verdicts of B responses
     * @param tokens T, at least 1
     * @param like an array whose type and manager the results have
     * @throws IllegalArgumentException if a segment ends outside
     */
    public Tokens tokens(SegmentVerdicts verdicts, int tokens, NDArray like) {
        Check.atLeast("tokens", tokens, 1);
        Check.floating("like", like);
        int[][] places = verdicts.places(tokens);
        double[] weights = {existence, attribute, relation};
        double[][][] typed = new double[weights.length][places.length][tokens];
        double[][] reward = new double[places.length][tokens];
        for (int type = 0; type < weights.length; type++) {
            double[][] values = verdicts.values(type);
            for (int b = 0; b < places.length; b++) {
                for (int s = 0; s < places[b].length; s++) {
                    if (places[b][s] >= 0) {
                        typed[type][b][places[b][s]] = values[b][s];
                    }
                }
                for (int t = 0; t < tokens; t++) {
                    reward[b][t] += weights[type] * typed[type][b][t];
                }
            }
        }
        return new Tokens(matrix(typed[0], like), matrix(typed[1], like), matrix(typed[2], like), matrix(reward, like));
    }

    private static NDArray matrix(double[][] rows, NDArray like) {
        return Tensors.fromRows(like.getManager(), rows, like.getDataType());
    }
}
