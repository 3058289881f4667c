package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * DPO guided by token rewards: how far each token may move from the reference depends on what it earns. Zhu et al. 2025
 * (TGDPO), eq. 17.
 *
 * <p>A token's log-ratio is multiplied by {@code 1 + alpha r} in the preferred response and by {@code 1 - alpha r} in the other:
 * {@code margin = beta sum_t f_t u_t} over the one minus that over the other, and the loss {@code -log sigmoid(margin)}. Good
 * tokens of the preferred response and bad tokens of the other are thus learned from most. alpha = 0, or rewards of 0, is {@link
 * Dpo} without smoothing. A strong guide can turn a factor negative, and the gradient of that token with it; {@code clampFactor}
 * keeps factors at 0 or above (an option of this library). With {@code sftWeight}, that times minus the mean log-probability of
 * the preferred response's tokens is added.
 *
 * <p>Rewards and reference are constants. Metrics have the names of {@link PreferenceLoss}, of the plain implicit rewards
 * {@code beta sum_t u_t}; {@link #guidance} gives factors and margins.
 *
 * <pre>{@code
 * var ref = nd.create(new float[][] {{-2, -2}});
 * var rewards = nd.create(new float[][] {{1, -1}}); // in both responses the first token is the better one
 * var mask = nd.create(new float[][] {{1, 1}});
 * var pairs = new TokenPairs(
 *         nd.create(new float[][] {{-1, -2}}),
 *         nd.create(new float[][] {{-2, -3}}),
 *         ref, ref, mask, mask, rewards, rewards);
 * var guided = new Tgdpo(0.5, 0.5);
 * guided.guidance(pairs).chosenFactors()
 * // => ND: (1, 2) cpu() float32 [[1.5, 0.5]]
 * guided.guidance(pairs).rejectedFactors()
 * // => ND: (1, 2) cpu() float32 [[0.5, 1.5]]
 * guided.guidance(pairs).margins() // without guidance 0.5 * (1 + 1)
 * // => ND: (1) cpu() float32 [1.5]
 * guided.loss(pairs).losses()
 * // => ND: (1) cpu() float32 [0.2014]
 * guided.lossAndGradients(pairs).of("chosenLogps")
 * // => ND: (1, 2) cpu() float32 [[-0.1368, -0.0456]]
 * guided.lossAndGradients(pairs).of("rejectedLogps")
 * // => ND: (1, 2) cpu() float32 [[0.0456, 0.1368]]
 * }</pre>
 *
 * @param beta strength of the pull to the reference, above 0
 * @param alpha strength of the guidance, at least 0
 * @param clampFactor whether factors stop at 0
 * @param sftWeight weight of the imitation term, at least 0
 */
public record Tgdpo(double beta, double alpha, boolean clampFactor, double sftWeight) implements Loss<TokenPairs> {

    /**
     * What the guidance makes of pairs, constant for differentiation.
     *
     * @param margins that the loss judges (B)
     * @param chosenFactors of the tokens of preferred responses (B,T), 0 outside the mask
     * @param rejectedFactors of the tokens of the other responses (B,T'), 0 outside the mask
     * @param chosenRewards plain implicit rewards {@code beta sum_t u_t} of the preferred responses (B)
     * @param rejectedRewards of the others (B)
     */
    public record Guidance(
            NDArray margins,
            NDArray chosenFactors,
            NDArray rejectedFactors,
            NDArray chosenRewards,
            NDArray rejectedRewards) {}

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, rc: Tensor, rr: Tensor, gc: Tensor, gr: Tensor, mc: Tensor, mr: Tensor,"
                    + " beta: float, alpha: float, clamp: bool, sft: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              cc = torch.ne(mc, 0)
              cr = torch.ne(mr, 0)
              fc = self.factor(gc, cc, alpha, clamp)
              fr = self.factor(gr, cr, -alpha, clamp)
              uc = self.kept(pc - torch.detach(rc), cc)
              ur = self.kept(pr - torch.detach(rr), cr)
              margin = beta * (torch.sum(fc * uc, [1]) - torch.sum(fr * ur, [1]))
              losses = -torch.log_sigmoid(margin)
              lc = torch.sum(torch.type_as(cc, pc), [1])
              sc = torch.sum(self.kept(pc, cc), [1])
              if sft > 0.:
                losses = losses - sft * sc / lc
              wc = beta * torch.detach(torch.sum(uc, [1]))
              wr = beta * torch.detach(torch.sum(ur, [1]))
              sr = torch.sum(self.kept(pr, cr), [1])
              metrics = self.metrics(wc, wr, sc, sr)
            """;

    private static final String METHODS = """

            def kept(self, values: Tensor, counted: Tensor) -> Tensor:
              return torch.where(counted, values, torch.zeros_like(values))

            def factor(self, rewards: Tensor, counted: Tensor, alpha: float, clamp: bool) -> Tensor:
              f = 1. + alpha * torch.detach(rewards)
              if clamp:
                f = torch.clamp_min(f, 0.)
              return self.kept(f, counted)
            """ + PairMetrics.SOURCE;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [torch.mean(losses), losses, metrics]\n" + METHODS);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              g = torch.unsqueeze(torch.sigmoid(-margin), 1) * (beta / torch.numel(margin))
              dc = -g * fc
              if sft > 0.:
                dc = dc - torch.type_as(cc, pc) * torch.unsqueeze(sft / (lc * torch.numel(margin)), 1)
              return [torch.mean(losses), losses, metrics, dc, g * fr]
            """ + METHODS);

    private static final Script GUIDANCE = Script.of(
            "def guidance" + SIGNATURE + PRELUDE + "  return [torch.detach(margin), fc, fr, wc, wr]\n" + METHODS);

    public Tgdpo {
        Check.positive("beta", beta);
        Check.notNegative("alpha", alpha);
        Check.notNegative("sftWeight", sftWeight);
    }

    /** Without clamp and imitation; 0.1 and 0.5 are usual. */
    public Tgdpo(double beta, double alpha) {
        this(beta, alpha, false, 0);
    }

    @Override
    public LossOutput loss(TokenPairs pairs) {
        try (Scope scope = Scope.open()) {
            return PairFormula.output(run(LOSS, pairs)).keptBy(scope);
        }
    }

    /**
     * {@inheritDoc} In closed form: {@code -sigmoid(-margin) beta f / B} at each token of the preferred response, {@code
     * +sigmoid(-margin) beta f / B} at each of the other.
     */
    @Override
    public LossGradients lossAndGradients(TokenPairs pairs) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] results = run(GRADIENTS, pairs);
            return new LossGradients(
                    PairFormula.output(results).keptBy(scope),
                    Map.of("chosenLogps", scope.keep(results[3]), "rejectedLogps", scope.keep(results[4])));
        }
    }

    /** Factors, margins and plain implicit rewards of pairs; rejects what {@link #loss} does. */
    public Guidance guidance(TokenPairs pairs) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] results = scope.keep(run(GUIDANCE, pairs));
            return new Guidance(results[0], results[1], results[2], results[3], results[4]);
        }
    }

    private NDArray[] run(Script script, TokenPairs pairs) {
        pairs.check();
        NDArray[] references = pairs.references();
        return script.callMany(
                pairs.chosenLogps(),
                pairs.rejectedLogps(),
                references[0],
                references[1],
                pairs.chosenTokenRewards(),
                pairs.rejectedTokenRewards(),
                pairs.chosenMask(),
                pairs.rejectedMask(),
                beta,
                alpha,
                clampFactor,
                sftWeight);
    }
}
