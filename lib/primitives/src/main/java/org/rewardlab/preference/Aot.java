package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * Alignment via optimal transport: the whole distribution of log-ratios is compared, quantile by quantile, not pair by
 * pair. Melnyk et al. 2024.
 *
 * <p>The logistic loss of {@link Dpo}, label smoothing included, on {@code sort(a) - sort(b)} over the batch. Paired: a
 * = chosen - rejected under the policy, b the same under the reference. Unpaired: a = log-ratios of chosen, b of
 * rejected responses; which chosen belongs to which rejected does not matter. The gradient goes back to where a value
 * stood before sorting; equal values keep their order. For a batch of one it is {@link Dpo}.
 *
 * <p>{@code losses} are in sorted order, so weights for pairs are rejected.
 *
 * <pre>{@code
 * var pairs = new PairLogps(
 *         nd.create(new float[] {-10, -9}), nd.create(new float[] {-14, -8}),
 *         nd.create(new float[] {-11, -10}), nd.create(new float[] {-13, -10}));
 * new Aot(0.5, 0, true).loss(pairs).losses()    // policy -1, 4 against reference 0, 2
 * // => ND: (2) cpu() float32 [0.9741, 0.3133]
 * new Aot(0.5, 0, false).loss(pairs).losses()   // log-ratios 1, 1 against -1, 2
 * // => ND: (2) cpu() float32 [0.3133, 0.9741]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param labelSmoothing as in {@link Dpo}, in [0, 0.5]
 * @param paired which differences are sorted
 */
public record Aot(double beta, double labelSmoothing, boolean paired) implements PreferenceLoss {

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, beta: float, e: float, paired: bool)"
                    + " -> List[Tensor]:\n";

    private static final String PRELUDE = """
              if paired:
                a, ia = torch.sort(pc - pr, stable=True, dim=0, descending=False)
                b, ib = torch.sort(rc - rr, stable=True, dim=0, descending=False)
              else:
                a, ia = torch.sort(pc - rc, stable=True, dim=0, descending=False)
                b, ib = torch.sort(pr - rr, stable=True, dim=0, descending=False)
              z = beta * (a - b)
              losses = (e - 1.) * torch.log_sigmoid(z) - e * torch.log_sigmoid(-z)
              loss = torch.mean(losses)
              metrics = self.metrics(beta * (pc - rc), beta * (pr - rr), pc, pr)
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n" + PairMetrics.SOURCE);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = (torch.sigmoid(z) - (1. - e)) * beta / torch.numel(z)
              ga = torch.scatter(torch.zeros_like(g), 0, ia, g)
              if paired:
                gr = -ga
              else:
                gr = -torch.scatter(torch.zeros_like(g), 0, ib, g)
              return [loss, losses, metrics, ga, gr]
            """ + PairMetrics.SOURCE);

    public Aot {
        Check.positive("beta", beta);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
    }

    @Override
    public LossOutput loss(PairLogps pairs) {
        return PairFormula.output(run(LOSS, pairs));
    }

    @Override
    public LossGradients lossAndGradients(PairLogps pairs) {
        return PairFormula.gradients(pairs, run(GRADIENTS, pairs));
    }

    private NDArray[] run(Script script, PairLogps pairs) {
        NDArray[] logps = pairs.withReference();
        NDArray weights = pairs.weights();
        if (weights != null) {
            throw Check.failure("weights", "none, for sorted values belong to no pair", "shape " + weights.getShape());
        }
        return script.callMany(logps[0], logps[1], logps[2], logps[3], beta, labelSmoothing, paired);
    }
}
