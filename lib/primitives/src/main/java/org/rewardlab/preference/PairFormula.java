package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Logistic;
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
 *   <li>{@code beta} and {@code e}: the numbers of the loss; {@code e} is the label smoothing, or whatever second
 *       number it has
 * </ul>
 */
final class PairFormula {

    private static final String PRELUDE = """
              uc = pc - rc
              ur = pr - rr
              c = self.score(uc, phi, alpha)
              r = self.score(ur, phi, alpha)
              if len(lengths) > 0:
                c = c / torch.type_as(lengths[0], c)
                r = r / torch.type_as(lengths[1], r)
              z = beta * (c - r)
              losses = %s
              if len(weights) > 0:
                losses = losses * torch.type_as(torch.detach(weights[0]), losses)
              loss = torch.mean(losses)
              metrics = self.metrics(beta * uc, beta * ur, pc, pr)
            """;

    private static final String DERIVATIVES = """
              share = torch.full_like(losses, 1. / torch.numel(uc))
              if len(weights) > 0:
                share = share * torch.type_as(weights[0], share)
              gc = %s
              gr = %s
              if len(lengths) > 0:
                gc = gc / torch.type_as(lengths[0], gc)
                gr = gr / torch.type_as(lengths[1], gr)
              gc = self.slope(uc, gc, phi, alpha)%s
              gr = self.slope(ur, gr, phi, alpha)
              return [loss, losses, metrics, gc, gr]
            """;

    /**
     * A loss in the margin alone, of unweighted pairs under reverse KL: what most people train with, in the fewest
     * operations.
     */
    private static final String LEAN = """
              scale = torch.new_full(pc, [], beta)
              wc = (pc - rc) * scale
              wr = (pr - rr) * scale
              z = wc - wr
              losses = %s
              rows = torch.stack([wc, wr, torch.type_as(wc > wr, wc), z, pc, pr], 0)
              gc = (%s) * torch.new_full(pc, [], beta / torch.numel(pc))
              return [torch.mean(losses), losses, torch.mean(rows, [1]), gc, -gc]
            """;

    private static final String SCORES = """

            def score(self, u: Tensor, phi: int, alpha: float) -> Tensor:
              s = u
              if phi == 1:
                s = -torch.exp(-u)
              if phi == 2:
                s = torch.log_sigmoid(u)
              if phi == 3:
                s = torch.exp(torch.clamp_max((alpha - 1.) * u, 80.)) / (alpha - 1.)
              return s

            def slope(self, u: Tensor, g: Tensor, phi: int, alpha: float) -> Tensor:
              s = g
              if phi == 1:
                s = g * torch.exp(-u)
              if phi == 2:
                s = g * torch.sigmoid(-u)
              if phi == 3:
                x = (alpha - 1.) * u
                s = g * torch.exp(torch.clamp_max(x, 80.)) * torch.type_as(x <= 80., u)
              return s
            """;

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, lengths: List[Tensor], weights: List[Tensor],"
                    + " beta: float, e: float, phi: int, alpha: float) -> List[Tensor]:\n";

    private final Script value;
    private final Script derivative;
    private final @Nullable Script lean;
    private final @Nullable FewPairs few;
    private final boolean readsLengths;

    private PairFormula(
            String losses,
            String byChosen,
            String byRejected,
            String byRatio,
            boolean readsLengths,
            @Nullable Script lean,
            @Nullable FewPairs few) {
        String prelude = PRELUDE.formatted(losses);
        String methods = SCORES + PairMetrics.SOURCE;
        this.value = Script.of("def loss" + SIGNATURE + prelude + "  return [loss, losses, metrics]\n" + methods);
        this.derivative = Script.of(
                "def gradients" + SIGNATURE + prelude + DERIVATIVES.formatted(byChosen, byRejected, byRatio) + methods);
        this.readsLengths = readsLengths;
        this.lean = lean;
        this.few = few;
    }

    /** The losses and their derivatives with respect to {@code c} and {@code r}, all (B). */
    static PairFormula of(String losses, String byChosen, String byRejected) {
        return new PairFormula(losses, share(byChosen), share(byRejected), "", false, null, null);
    }

    /** A loss in {@code z} alone, and its derivative with respect to {@code z}. */
    static PairFormula ofMargin(String losses, String byMargin) {
        return ofMargin(losses, byMargin, null);
    }

    /** The same, with what few pairs are computed by. */
    static PairFormula ofMargin(String losses, String byMargin, @Nullable FewPairs few) {
        Script lean = Script.of("def lean" + SIGNATURE + LEAN.formatted(losses, byMargin));
        return new PairFormula(losses, share("beta * (" + byMargin + ")"), "-gc", "", false, lean, few);
    }

    /** A loss that reads {@code uc} beside the scores: also its partial derivative with respect to {@code uc}. */
    static PairFormula ofScoresAndRatio(String losses, String byChosen, String byRejected, String byRatio) {
        return new PairFormula(losses, share(byChosen), share(byRejected), " + " + share(byRatio), false, null, null);
    }

    /** Like {@link #of}, on scores divided by the lengths of the responses where these are given. */
    static PairFormula perToken(String losses, String byChosen, String byRejected) {
        return new PairFormula(losses, share(byChosen), share(byRejected), "", true, null, null);
    }

    private static String share(String derivative) {
        return "share * (" + derivative + ")";
    }

    LossOutput loss(PairLogps in, double beta, double second, FDivergence divergence) {
        return output(value.callMany(arguments(in, beta, second, divergence)));
    }

    LossGradients lossAndGradients(PairLogps in, double beta, double second, FDivergence divergence) {
        boolean plain = in.weights() == null && divergence.code() == 0;
        if (plain && few != null && Logistic.fits(in.chosenLogps())) {
            return gradients(in, few.lossAndGradients(in.withReference(), beta, second));
        }
        try (GradientMode mode = GradientMode.paused()) {
            Script script = plain && lean != null ? lean : derivative;
            return gradients(in, script.callMany(arguments(in, beta, second, divergence)));
        }
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
        return new LossGradients(output(results), byName(in, results));
    }

    /** The two derivatives that follow loss, losses and metrics; 0 for a likelihood that is there and not read. */
    static Map<String, NDArray> byName(PairLogps in, NDArray[] results) {
        Map<String, NDArray> gradients = new HashMap<>();
        gradients.put("chosenLogps", results[3]);
        gradients.put("rejectedLogps", results[4]);
        NDArray nll = in.nll();
        if (nll != null) {
            gradients.put("nll", nll.zerosLike());
        }
        return gradients;
    }
}
