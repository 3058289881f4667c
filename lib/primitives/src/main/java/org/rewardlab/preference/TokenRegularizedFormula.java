package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Script;

/**
 * What losses with a token regulariser share: a logistic loss on sequences plus {@code alpha} times the weighted
 * regularisers of both responses.
 *
 * @param beta scale of the rewards
 * @param gamma target margin
 * @param alpha weight of the regulariser
 * @param perToken whether sequence rewards are means over tokens, without a reference
 * @param meanRegularizer whether the regulariser is a mean over tokens
 * @param constantWeight whether every pair weighs 1
 */
record TokenRegularizedFormula(
        double beta, double gamma, double alpha, boolean perToken, boolean meanRegularizer, boolean constantWeight) {

    private static final String SIGNATURE =
            "(self, c: Tensor, r: Tensor, refs: List[Tensor], cm: Tensor, rm: Tensor, ct: Tensor, rt: Tensor, beta: float,"
                    + " gamma: float, alpha: float, per_token: bool, mean: bool, constant: bool) -> List[Tensor]:\n";

    private static final String PRELUDE = """
              kc = self.kept(c, cm)
              kr = self.kept(r, rm)
              nc = torch.sum(torch.type_as(torch.ne(cm, 0), c), [-1])
              nr = torch.sum(torch.type_as(torch.ne(rm, 0), r), [-1])
              pc = torch.sum(kc, [-1])
              pr = torch.sum(kr, [-1])
              xc = pc
              xr = pr
              if len(refs) > 0:
                xc = pc - torch.sum(self.kept(torch.type_as(torch.detach(refs[0]), c), cm), [-1])
                xr = pr - torch.sum(self.kept(torch.type_as(torch.detach(refs[1]), r), rm), [-1])
              if per_token:
                xc = pc / nc
                xr = pr / nr
              z = beta * (xc - xr) - gamma
              base = -torch.log_sigmoid(z)
              w = torch.sigmoid(-torch.detach(z))
              if constant:
                w = torch.full_like(w, 1.)
              tc = self.kept(torch.type_as(torch.detach(ct), c), cm)
              tr = self.kept(torch.type_as(torch.detach(rt), r), rm)
              reg_c = torch.sum(tc * kc, [-1]) * -beta
              reg_r = torch.sum(tr * kr, [-1]) * -beta
              if mean:
                reg_c = reg_c / nc
                reg_r = reg_r / nr
              reg = w * (reg_c + reg_r)
              losses = base + alpha * reg
              loss = torch.mean(losses)
              parts = torch.mean(torch.detach(torch.stack([base, reg], 0)), [1])
              metrics = torch.cat([self.metrics(beta * xc, beta * xr, pc, pr), parts], 0)
            """;

    private static final String METHODS = """

            def kept(self, x: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), x, torch.zeros_like(x))
            """ + PairMetrics.SOURCE;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, losses, metrics, w]\n" + METHODS);

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              b = torch.numel(z)
              up = torch.sigmoid(-z) * (-beta / b)
              gc = torch.unsqueeze(up, -1) * torch.type_as(torch.ne(cm, 0), c)
              gr = torch.unsqueeze(-up, -1) * torch.type_as(torch.ne(rm, 0), r)
              if per_token:
                gc = gc / torch.unsqueeze(nc, -1)
                gr = gr / torch.unsqueeze(nr, -1)
              pull = torch.unsqueeze(w * (-alpha * beta / b), -1)
              hc = pull * tc
              hr = pull * tr
              if mean:
                hc = hc / torch.unsqueeze(nc, -1)
                hr = hr / torch.unsqueeze(nr, -1)
              return [loss, losses, metrics, w, gc + hc, gr + hr]
            """ + METHODS);

    LossOutput loss(TokenPairs pairs, String baseName) {
        NDArray[] results = run(LOSS, pairs);
        results[3].close();
        return output(results, baseName);
    }

    LossGradients lossAndGradients(TokenPairs pairs, String baseName) {
        NDArray[] results = run(GRADIENTS, pairs);
        results[3].close();
        return new LossGradients(
                output(results, baseName), Map.of("chosenLogps", results[4], "rejectedLogps", results[5]));
    }

    /** The weights (B) of the regularisers, constant. */
    NDArray weights(TokenPairs pairs) {
        NDArray[] results = run(LOSS, pairs);
        for (int i = 0; i < 3; i++) {
            results[i].close();
        }
        return results[3];
    }

    private NDArray[] run(Script script, TokenPairs pairs) {
        pairs.checkBounded();
        return script.callMany(
                pairs.chosenLogps(),
                pairs.rejectedLogps(),
                perToken ? new NDArray[0] : pairs.references(),
                pairs.chosenMask(),
                pairs.rejectedMask(),
                pairs.chosenTokenRewards(),
                pairs.rejectedTokenRewards(),
                beta,
                gamma,
                alpha,
                perToken,
                meanRegularizer,
                constantWeight);
    }

    private static LossOutput output(NDArray[] results, String baseName) {
        return new LossOutput(results[0], results[1], PairMetrics.of(results[2], baseName, "token_reg"));
    }
}
