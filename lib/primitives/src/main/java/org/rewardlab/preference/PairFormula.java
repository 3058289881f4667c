package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Script;

/**
 * One paired loss as three expressions, turned into two scripts: one that the tape differentiates, and one that returns
 * the derivatives in the same call.
 *
 * <p>The expressions are TorchScript in {@code c} and {@code r} (scores of chosen and rejected, each (B)), {@code beta},
 * {@code z = beta (c - r)} and the label smoothing {@code e}.
 */
final class PairFormula {

    private static final List<String> METRICS = List.of(
            "rewards/chosen",
            "rewards/rejected",
            "rewards/accuracies",
            "rewards/margins",
            "logps/chosen",
            "logps/rejected");

    private static final String PRELUDE = """
              uc = torch.sub(pc, rc)
              ur = torch.sub(pr, rr)
              c = self.score(uc, phi, alpha)
              r = self.score(ur, phi, alpha)
              z = torch.mul(torch.sub(c, r), beta)
              losses = %s
              wc = torch.mul(torch.detach(uc), beta)
              wr = torch.mul(torch.detach(ur), beta)
              margins = torch.sub(wc, wr)
              accuracy = torch.mean(torch.type_as(torch.gt(wc, wr), wc))
              metrics = torch.stack([torch.mean(wc), torch.mean(wr), accuracy, torch.mean(margins), torch.mean(torch.detach(pc)), torch.mean(torch.detach(pr))], 0)
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
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, beta: float, e: float, phi: int, alpha: float)"
                    + " -> List[Tensor]:\n";

    private final Script value;
    private final Script derivative;

    private PairFormula(Script value, Script derivative) {
        this.value = value;
        this.derivative = derivative;
    }

    /** The losses and their derivatives with respect to {@code c} and {@code r}, all (B). */
    static PairFormula of(String losses, String byChosen, String byRejected) {
        String prelude = PRELUDE.formatted(losses);
        String value = "def loss" + SIGNATURE + prelude + "  return [torch.mean(losses), losses, metrics]\n" + SCORES;
        String derivative = "def gradients" + SIGNATURE + prelude
                + "  gc = self.slope(uc, torch.div(" + byChosen + ", torch.numel(uc)), phi, alpha)\n"
                + "  gr = self.slope(ur, torch.div(" + byRejected + ", torch.numel(ur)), phi, alpha)\n"
                + "  return [torch.mean(losses), losses, metrics, gc, gr]\n" + SCORES;
        return new PairFormula(Script.of(value), Script.of(derivative));
    }

    LossOutput loss(PairLogps in, double beta, double labelSmoothing, FDivergence divergence) {
        in.check();
        return output(value.callMany(arguments(in, beta, labelSmoothing, divergence)));
    }

    LossGradients lossAndGradients(PairLogps in, double beta, double labelSmoothing, FDivergence divergence) {
        in.check();
        NDArray[] results = derivative.callMany(arguments(in, beta, labelSmoothing, divergence));
        return new LossGradients(output(results), Map.of("chosenLogps", results[3], "rejectedLogps", results[4]));
    }

    private static Object[] arguments(PairLogps in, double beta, double labelSmoothing, FDivergence divergence) {
        return new Object[] {
            in.chosenLogps(),
            in.rejectedLogps(),
            in.refChosenLogps(),
            in.refRejectedLogps(),
            beta,
            labelSmoothing,
            divergence.code(),
            divergence.alpha()
        };
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
