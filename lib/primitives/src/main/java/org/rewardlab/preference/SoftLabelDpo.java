package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * DPO with a label of its own certainty for each pair: the cross-entropy of the implied preference to a soft label. Wang et al.
 * 2024 (CREAM), eq. 12, where the certainty is the {@link org.rewardlab.evaluate.RankingConsistency} of two generations of a
 * self-rewarding model.
 *
 * <p>{@code -C log sigmoid(z) - (1-C) log sigmoid(-z)} with {@code z = beta ((chosen - refChosen) - (rejected - refRejected))}. C
 * = 1 is {@link Dpo}, one C in [1/2, 1] for all pairs {@code Dpo} with label smoothing 1-C, C = 0 DPO with the responses
 * swapped. For C in (0, 1) the minimum is at {@code z = log(C / (1-C))}, so that pairs on which one cannot decide pull the
 * log-ratios together. The derivative with respect to z is {@code (sigmoid(z) - C) / B}; C and reference are constants. Metrics
 * as in {@link PreferenceLoss}, and {@code consistency}, the mean of C. Weights, lengths and likelihood of the pairs are not
 * read.
 *
 * <pre>{@code
 * var logps = nd.create(new float[] {-10, -10, -10});
 * var ref = nd.create(new float[] {-12, -12, -12});
 * var pairs = new PairLogps(logps, ref, ref, ref);       // z = 1
 * var sure = nd.create(new float[] {1, 0.5f, 0});
 * var labelled = new SoftLabelledPairs(pairs, sure);
 * new SoftLabelDpo(0.5).loss(labelled).losses()
 * // => ND: (3) cpu() float32 [0.3133, 0.8133, 1.3133]
 * new SoftLabelDpo(0.5).lossAndGradients(labelled).of("chosenLogps") // undecided: back to z = 0
 * // => ND: (3) cpu() float32 [-0.0448, 0.0385, 0.1218]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0; 0.1 is usual
 */
public record SoftLabelDpo(double beta) implements Loss<SoftLabelledPairs> {

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, c: Tensor, beta: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              sure = torch.type_as(torch.detach(c), pc)
              wc = beta * (pc - torch.detach(rc))
              wr = beta * (pr - torch.detach(rr))
              z = wc - wr
              losses = -sure * torch.log_sigmoid(z) - (1. - sure) * torch.log_sigmoid(-z)
              mean = torch.reshape(torch.mean(sure), [1])
              metrics = torch.cat([self.metrics(wc, wr, pc, pr), mean], 0)
            """;

    private static final Script LOSS = Script.of(
            "def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n" + PairMetrics.SOURCE);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = (torch.sigmoid(z) - sure) * (beta / torch.numel(z))
              return [torch.mean(losses), losses, metrics, g, -g]
            """ + PairMetrics.SOURCE);

    public SoftLabelDpo {
        Check.positive("beta", beta);
    }

    @Override
    public LossOutput loss(SoftLabelledPairs pairs) {
        return output(run(LOSS, pairs));
    }

    /** {@inheritDoc} In closed form. */
    @Override
    public LossGradients lossAndGradients(SoftLabelledPairs pairs) {
        NDArray[] results = run(GRADIENTS, pairs);
        return new LossGradients(output(results), PairFormula.byName(pairs.pairs(), results));
    }

    private NDArray[] run(Script script, SoftLabelledPairs pairs) {
        NDArray[] in = pairs.checked();
        return script.callMany(in[0], in[1], in[2], in[3], in[4], beta);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], PairMetrics.of(results[2], "consistency"));
    }
}
