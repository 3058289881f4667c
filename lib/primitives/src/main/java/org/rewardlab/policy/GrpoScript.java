package org.rewardlab.policy;

import org.rewardlab.tensor.Script;

/**
 * The formula of {@link Grpo}: token losses of four surrogates, the factors and the term that may follow, one number,
 * and in closed form its derivative.
 *
 * <p>{@code direct} is the derivative of a token's loss by its own log-probability, {@code through} by the logarithm of
 * its ratio: the same thing for token ratios, spread over the row for sequence ratios.
 */
final class GrpoScript {

    private static final String SURROGATE = """
              high_share = torch.zeros_like(n)
              low_share = torch.zeros_like(n)
              through = torch.zeros_like(n)
              direct = torch.zeros_like(n)
              losses = through
              if kind == 0:
                clip = torch.clamp(ratio, 1. - p1, 1. + p2)
                plain = torch.mul(ratio, a)
                clipped = torch.mul(clip, a)
                side = torch.sign(torch.detach(torch.sub(clip, ratio)))
                held = torch.relu(torch.neg(torch.mul(side, torch.sign(a))))
                low_share = torch.div(torch.sum(torch.mul(held, torch.relu(side))), n8)
                high_share = torch.sub(torch.div(torch.sum(held), n8), low_share)
                if p3 > 0.:
                  bounded = torch.mul(torch.clamp_max(ratio, p3), a)
                  losses = torch.neg(torch.minimum(bounded, clipped))
                  if closed:
                    chosen = torch.le(bounded, clipped)
                    free = torch.where(chosen, torch.le(ratio, p3), torch.eq(side, 0))
                    through = torch.where(free, torch.neg(plain), zero)
                else:
                  losses = torch.neg(torch.minimum(plain, clipped))
                  if closed:
                    through = torch.mul(plain, torch.sub(held, 1))
              if kind == 1:
                direct = torch.neg(torch.mul(torch.clamp_max(torch.detach(ratio), p1), a))
                losses = torch.mul(direct, self.kept(logps, mask, m, finite))
                high_share = torch.div(torch.sum(torch.logical_and(torch.gt(ratio, p1), torch.gt(a, 0))), n8)
              if kind == 2:
                tau = torch.where(torch.gt(a, 0), torch.full_like(zero, p1), torch.full_like(zero, p2))
                gate = torch.sigmoid(torch.mul(tau, torch.sub(ratio, 1)))
                losses = torch.neg(torch.div(torch.mul(torch.mul(a, gate), 4.), tau))
                if closed:
                  steep = torch.mul(torch.mul(gate, torch.rsub(gate, 1)), ratio)
                  through = torch.mul(torch.mul(a, steep), -4.)
              if kind == 3:
                w = torch.sum(torch.clamp(torch.detach(x), -20., 20.), [-1], True)
                if len(weights) > 0:
                  logs = torch.log(torch.clamp(torch.detach(weights[0]), 1e-08, 485165195.4097903))
                  if torch.size(logs, -1) == 1:
                    w = torch.add(w, torch.where(torch.gt(lengths, 0), logs, torch.zeros_like(w)))
                  else:
                    w = torch.add(w, torch.sum(torch.where(torch.ne(mask, 0), logs, zero), [-1], True))
                w = torch.clamp(w, -18.420680743952367, 20.)
                good = torch.ge(a, 0)
                power = torch.where(good, torch.full_like(zero, p1), torch.full_like(zero, p3))
                damping = torch.where(good, torch.full_like(zero, p2), torch.full_like(zero, p4))
                phi = torch.exp(torch.sub(torch.add(damping, torch.mul(power, w)), torch.mul(damping, torch.exp(w))))
                direct = torch.neg(torch.mul(phi, a))
                losses = torch.mul(direct, self.kept(logps, mask, m, finite))
            """;

    private static final String FACTORS = """
              if filter:
                apart = torch.neg(torch.div(torch.sum(torch.detach(x), [-1], True), floor))
                stay = torch.logical_not(torch.logical_and(torch.lt(a, 0), torch.gt(apart, threshold)))
                losses = torch.where(stay, losses, zero)
                through = torch.where(stay, through, zero)
                direct = torch.where(stay, direct, zero)
              if len(entropies) > 0:
                counted = torch.ne(mask, 0)
                chosen = torch.masked_select(torch.detach(entropies[0]), counted)
                if torch.numel(chosen) > 0:
                  least = torch.quantile(chosen, 1. - top)
                  keep = torch.logical_and(counted, torch.ge(torch.detach(entropies[0]), least))
                  losses = torch.where(keep, losses, zero)
                  through = torch.where(keep, through, zero)
                  direct = torch.where(keep, direct, zero)
              if kind != 3:
                if len(weights) > 0:
                  factor = self.kept(torch.detach(weights[0]), mask, m, finite)
                  losses = torch.mul(losses, factor)
                  through = torch.mul(through, factor)
                  direct = torch.mul(direct, factor)
              kl_mean = torch.zeros_like(n)
              if beta > 0.:
                e = self.kept(torch.sub(torch.detach(refs[0]), logps), mask, m, finite)
                rise = torch.expm1(e)
                kl = torch.sub(rise, e)
                fall = torch.neg(rise)
                if corrected:
                  through = torch.add(through, torch.mul(torch.mul(ratio, kl), beta))
                  fall = torch.mul(ratio, fall)
                  kl = torch.mul(ratio, kl)
                losses = torch.add(losses, torch.mul(kl, beta))
                if closed:
                  direct = torch.add(direct, torch.mul(fall, beta))
                kl_mean = torch.div(torch.sum(torch.detach(kl)), n8)
            """;

    /** Loss, token losses, metrics, and in closed form the gradient by the log-probabilities. */
    static final Script SCRIPT = Script.of("""
            def grpo(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, refs: List[Tensor], entropies: List[Tensor], weights: List[Tensor], finite: bool, kind: int, p1: float, p2: float, p3: float, p4: float, sequence: bool, beta: float, corrected: bool, filter: bool, threshold: float, top: float, row_means: bool, divisor: float, closed: bool) -> List[Tensor]:
              m = torch.type_as(mask, logps)
              zero = torch.zeros_like(logps)
              a = self.kept(torch.detach(adv), mask, m, finite)
              lengths = torch.sum(m, [-1], True)
              floor = torch.clamp(lengths, 1.)
              n = torch.sum(lengths)
              n8 = torch.add(n, 1e-08)
              x = self.kept(torch.sub(logps, torch.detach(old)), mask, m, finite)
              if sequence:
                ratio = torch.exp(torch.div(torch.sum(x, [-1], True), floor))
              else:
                ratio = torch.exp(x)
            """ + SURROGATE + FACTORS + """
              if divisor > 0.:
                share = torch.new_full(n, [], 1. / divisor)
              else:
                share = torch.reciprocal(torch.clamp(n, 1.))
              if row_means:
                share = torch.div(share, floor)
              loss = torch.sum(torch.mul(losses, share))
              metrics = torch.detach(torch.stack([low_share, high_share, torch.add(low_share, high_share), kl_mean], 0))
              results = [loss, losses, metrics]
              if closed:
                spread = torch.mul(through, share)
                if sequence:
                  spread = torch.mul(torch.div(torch.sum(spread, [-1], True), floor), m)
                results.append(torch.add(torch.mul(direct, share), spread))
              return results
            """ + PolicyFormula.KEPT);

    private GrpoScript() {}
}
