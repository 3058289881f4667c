package org.rewardlab.lab.model;

import java.io.Serializable;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * Low-rank adapters. Hu et al. 2022: {@code W x + (alpha / rank) B A x} with B starting at 0.
 *
 * @param rank width of the bottleneck
 * @param alpha numerator of the scale
 * @param targets matrices that get one, among q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj
 */
public record LoraConfig(int rank, double alpha, List<String> targets) implements Serializable {

    public LoraConfig {
        Check.atLeast("rank", rank, 1);
        Check.positive("alpha", alpha);
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw Check.failure("targets", "at least one matrix", "none");
        }
        for (String target : targets) {
            Check.oneOf("targets", target, List.of(TransformerScripts.ADAPTED));
        }
    }

    /** Adapters on queries and values, as in the paper, with alpha twice the rank. */
    public LoraConfig(int rank) {
        this(rank, 2.0 * rank, List.of("q_proj", "v_proj"));
    }

    /** What the adapters' product is multiplied by. */
    public double scale() {
        return alpha / rank;
    }
}
