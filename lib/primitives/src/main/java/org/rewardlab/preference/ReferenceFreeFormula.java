package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * The formula that losses without a reference share: a logistic, hinge or square loss on the difference of transformed
 * log-probabilities, plus a likelihood term.
 *
 * @param form which loss
 * @param beta scale of the difference
 * @param labelSmoothing of the logistic form; not read by the others
 * @param alpha of the transformation {@code (1 - exp(-alpha x)) / alpha}; 0 is the identity
 * @param target what is taken off the difference
 * @param nllWeight of the likelihood term
 * @param perToken whether log-probabilities are divided by lengths, where these are given
 */
record ReferenceFreeFormula(
        Form form,
        double beta,
        double labelSmoothing,
        double alpha,
        double target,
        double nllWeight,
        boolean perToken) {

    /** The losses by which a difference is judged. */
    enum Form {
        SIGMOID(0),
        HINGE(1),
        SQUARE(2);

        private final long code;

        Form(long code) {
            this.code = code;
        }
    }

    private static final String SIGNATURE =
            "(self, pc: Tensor, pr: Tensor, lengths: List[Tensor], weights: List[Tensor], nll: List[Tensor], form: int,"
                    + " beta: float, e: float, alpha: float, target: float, nll_weight: float) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              xc = pc
              xr = pr
              if len(lengths) > 0:
                xc = pc / torch.type_as(lengths[0], pc)
                xr = pr / torch.type_as(lengths[1], pr)
              c = self.transformed(xc, alpha)
              r = self.transformed(xr, alpha)
              d = c - r - target
              z = beta * d
              if form == 0:
                losses = (e - 1.) * torch.log_sigmoid(z) - e * torch.log_sigmoid(-z)
              else:
                if form == 1:
                  losses = torch.relu(1. - z)
                else:
                  losses = (d - 0.5 / beta) ** 2
              share = torch.full_like(losses, 1.)
              if len(weights) > 0:
                share = torch.type_as(torch.detach(weights[0]), losses)
                losses = losses * share
              loss = torch.mean(losses)
              metrics = self.metrics(beta * c, beta * r, pc, pr)
              if len(nll) > 0:
                loss = loss + nll_weight * nll[0]
                metrics = torch.cat([metrics, torch.unsqueeze(torch.detach(torch.type_as(nll[0], z)), 0)], 0)
            """;

    private static final String METHODS = """

            def transformed(self, x: Tensor, alpha: float) -> Tensor:
              y = x
              if alpha != 0.:
                y = torch.expm1(-alpha * x) / -alpha
              return y
            """ + PairMetrics.SOURCE;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics]\n" + METHODS);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              if form == 0:
                g = beta * (torch.sigmoid(z) - (1. - e))
              else:
                if form == 1:
                  g = -beta * torch.type_as(z < 1., z)
                else:
                  g = 2. * (d - 0.5 / beta)
              g = g * share / torch.numel(g)
              gc = g
              gr = -g
              if alpha != 0.:
                gc = gc * torch.exp(-alpha * xc)
                gr = gr * torch.exp(-alpha * xr)
              if len(lengths) > 0:
                gc = gc / torch.type_as(lengths[0], gc)
                gr = gr / torch.type_as(lengths[1], gr)
              results = [loss, losses, metrics, gc, gr]
              if len(nll) > 0:
                results.append(torch.full_like(nll[0], nll_weight))
              return results
            """ + METHODS);

    private static final Script REWARD = Script.of("""
            def reward(self, logps: Tensor, lengths: List[Tensor], alpha: float, beta: float) -> Tensor:
              x = torch.detach(logps)
              if len(lengths) > 0:
                x = x / torch.type_as(lengths[0], x)
              if alpha != 0.:
                x = torch.expm1(-alpha * x) / -alpha
              return beta * x
            """);

    ReferenceFreeFormula {
        Check.positive("beta", beta);
        Check.within("labelSmoothing", labelSmoothing, 0, 0.5);
        Check.finite("alpha", alpha);
        Check.finite("target", target);
        Check.notNegative("nllWeight", nllWeight);
    }

    LossOutput loss(PairLogps pairs) {
        return output(pairs, run(LOSS, pairs));
    }

    LossGradients lossAndGradients(PairLogps pairs) {
        NDArray[] results = run(GRADIENTS, pairs);
        Map<String, NDArray> gradients = new HashMap<>();
        gradients.put("chosenLogps", results[3]);
        gradients.put("rejectedLogps", results[4]);
        if (results.length > 5) {
            gradients.put("nll", results[5]);
        }
        return new LossGradients(output(pairs, results), gradients);
    }

    /** The rewards that are logged: {@code beta} times the transformed log-probabilities. */
    ImplicitRewards rewards(PairLogps pairs) {
        NDArray[] logps = pairs.withoutReference();
        List<NDArray> lengths = perToken ? List.of(pairs.lengths()) : List.of();
        return new ImplicitRewards(reward(logps[0], lengths, 0), reward(logps[1], lengths, 1));
    }

    private NDArray reward(NDArray logps, List<NDArray> lengths, int side) {
        NDArray[] length = lengths.isEmpty() ? new NDArray[0] : new NDArray[] {lengths.get(side)};
        return REWARD.call(logps, length, alpha, beta);
    }

    private NDArray[] run(Script script, PairLogps pairs) {
        NDArray[] logps = pairs.withoutReference();
        return script.callMany(
                logps[0],
                logps[1],
                perToken ? pairs.lengths() : new NDArray[0],
                pairs.pairWeights(),
                pairs.imitation(),
                form.code,
                beta,
                labelSmoothing,
                alpha,
                target,
                nllWeight);
    }

    private static LossOutput output(PairLogps pairs, NDArray[] results) {
        return new LossOutput(
                results[0],
                results[1],
                pairs.nll() == null ? PairMetrics.of(results[2]) : PairMetrics.of(results[2], "nll_loss"));
    }
}
