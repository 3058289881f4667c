package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * One paired loss with a reference as three expressions, turned into two scripts: one that the tape differentiates, and
 * one that returns the derivatives in the same call.
 *
 * <p>The expressions are TorchScript in
 *
 * <ul>
 *   <li>{@code uc, ur}: log-ratios of chosen and rejected to the reference, each (B)
 *   <li>{@code c, r}: their scores under the f-divergence, divided by lengths in a formula {@link #perToken}
 *   <li>{@code z}: {@code beta (c - r)}
 *   <li>{@code beta} and {@code e}: the numbers of the loss; {@code e} is the label smoothing, or whatever second number
 *       it has
 * </ul>
 */
final class PairFormula {

    private static final String PRELUDE = """
              uc = torch.sub(pc, rc)
              ur = torch.sub(pr, rr)
              c = self.score(uc, phi, alpha)
              r = self.score(ur, phi, alpha)
              if len(lengths) > 0:
                c = torch.div(c, torch.type_as(lengths[0], c))
                r = torch.div(r, torch.type_as(lengths[1], r))
              z = torch.mul(torch.sub(c, r), beta)
              losses = %s
              if len(weights) > 0:
                losses = torch.mul(losses, torch.type_as(torch.detach(weights[0]), losses))
              loss = torch.mean(losses)
              wc = torch.mul(torch.detach(uc), beta)
              wr = torch.mul(torch.detach(ur), beta)
              metrics = torch.stack(self.metrics(wc, wr, pc, pr), 0)
            """;

    private static final String DERIVATIVES = """
              share = torch.full_like(losses, 1. / torch.numel(uc))
              if len(weights) > 0:
                share = torch.mul(share, torch.type_as(weights[0], share))
              gc = torch.mul(%s, share)
              gr = torch.mul(%s, share)
              if len(lengths) > 0:
                gc = torch.div(gc, torch.type_as(lengths[0], gc))
                gr = torch.div(gr, torch.type_as(lengths[1], gr))
              gc = torch.add(self.slope(uc, gc, phi, alpha), torch.mul(%s, share))
              gr = self.slope(ur, gr, phi, alpha)
              return [loss, losses, metrics, gc, gr]
            """;

    private static final String SCORES = """

            def score(self, u: Tensor, phi: int, alpha: float) -> Tensor:
              s = u
              if phi == 1:
                s = torch.neg(torch.exp(torch.neg(u)))
              if phi == 2:
                s = torch.log_sigmoid(u)
              if phi == 3:
                s = torch.div(torch.exp(torch.clamp_max(torch.mul(u, alpha - 1.), 80.)), alpha - 1.)
              return s

            def slope(self, u: Tensor, g: Tensor, phi: int, alpha: float) -> Tensor:
              s = g
              if phi == 1:
                s = torch.mul(g, torch.exp(torch.neg(u)))
              if phi == 2:
                s = torch.mul(g, torch.sigmoid(torch.neg(u)))
              if phi == 3:
                x = torch.mul(u, alpha - 1.)
                inside = torch.type_as(torch.le(x, 80.), u)
                s = torch.mul(torch.mul(g, torch.exp(torch.clamp_max(x, 80.))), inside)
              return s
            """;

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, lengths: List[Tensor], weights: List[Tensor],"
                    + " beta: float, e: float, phi: int, alpha: float) -> List[Tensor]:\n";

    private final Script value;
    private final Script derivative;
    private final boolean readsLengths;

    private PairFormula(String losses, String byChosen, String byRejected, String byRatio, boolean readsLengths) {
        String prelude = PRELUDE.formatted(losses);
        String methods = SCORES + PairMetrics.SOURCE;
        this.value = Script.of("def loss" + SIGNATURE + prelude + "  return [loss, losses, metrics]\n" + methods);
        this.derivative = Script.of(
                "def gradients" + SIGNATURE + prelude + DERIVATIVES.formatted(byChosen, byRejected, byRatio) + methods);
        this.readsLengths = readsLengths;
    }

    /** The losses and their derivatives with respect to {@code c} and {@code r}, all (B). */
    static PairFormula of(String losses, String byChosen, String byRejected) {
        return new PairFormula(losses, byChosen, byRejected, "torch.zeros_like(uc)", false);
    }

    /** A loss in {@code z} alone, and its derivative with respect to {@code z}. */
    static PairFormula ofMargin(String losses, String byMargin) {
        return of(losses, "torch.mul(" + byMargin + ", beta)", "torch.mul(" + byMargin + ", -beta)");
    }

    /** A loss that reads {@code uc} beside the scores: also its partial derivative with respect to {@code uc}. */
    static PairFormula ofScoresAndRatio(String losses, String byChosen, String byRejected, String byRatio) {
        return new PairFormula(losses, byChosen, byRejected, byRatio, false);
    }

    /** Like {@link #of}, on scores divided by the lengths of the responses where these are given. */
    static PairFormula perToken(String losses, String byChosen, String byRejected) {
        return new PairFormula(losses, byChosen, byRejected, "torch.zeros_like(uc)", true);
    }

    LossOutput loss(PairLogps in, double beta, double second, FDivergence divergence) {
        return output(value.callMany(arguments(in, beta, second, divergence)));
    }

    LossGradients lossAndGradients(PairLogps in, double beta, double second, FDivergence divergence) {
        return gradients(in, derivative.callMany(arguments(in, beta, second, divergence)));
    }

    private Object[] arguments(PairLogps in, double beta, double second, FDivergence divergence) {
        NDArray[] logps = in.withReference();
        return new Object[] {
            logps[0],
            logps[1],
            logps[2],
            logps[3],
            readsLengths ? in.lengths() : new NDArray[0],
            in.pairWeights(),
            beta,
            second,
            divergence.code(),
            divergence.alpha()
        };
    }

    /** The results of a script: loss, losses and metrics. */
    static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], PairMetrics.of(results[2]));
    }

    /** The results of a script that reads no likelihood: loss, losses, metrics and the two derivatives. */
    static LossGradients gradients(PairLogps in, NDArray[] results) {
        Map<String, NDArray> gradients = new HashMap<>();
        gradients.put("chosenLogps", results[3]);
        gradients.put("rejectedLogps", results[4]);
        NDArray nll = in.nll();
        if (nll != null) {
            gradients.put("nll", nll.zerosLike());
        }
        return new LossGradients(output(results), gradients);
    }
}
