package org.rewardlab.policy;

import org.rewardlab.tensor.Script;

/**
 * The formula of {@link Grpo}: token losses of four surrogates, the factors and the term that may follow, one number, and in
 * closed form its derivative.
 *
 * <p>{@code direct} is the derivative of a token's loss by its own log-probability, {@code through} by the logarithm of its ratio:
 * the same thing for token ratios, spread over the row for sequence ratios.
 */
final class GrpoScript {

    private static final String SURROGATE = """
              high_share = torch.zeros_like(n)
              low_share = torch.zeros_like(n)
              through = zero
              direct = zero
              losses = zero
              if kind == 0:
                r = ratio
                if p3 > 0.:
                  r = torch.clamp_max(ratio, p3)
                plain = torch.mul(r, a)
                clipped = torch.mul(torch.clamp(ratio, 1. - p1, 1. + p2), a)
                losses = torch.neg(torch.minimum(plain, clipped))
                below = torch.logical_and(torch.lt(ratio, 1. - p1), torch.lt(a, 0))
                above = torch.logical_and(torch.gt(ratio, 1. + p2), torch.gt(a, 0))
                low_share = torch.div(torch.sum(below), n8)
                high_share = torch.div(torch.sum(above), n8)
                if closed:
                  free = torch.le(plain, clipped)
                  if p3 > 0.:
                    inside = torch.logical_and(torch.ge(ratio, 1. - p1), torch.le(ratio, 1. + p2))
                    uncut = torch.le(ratio, p3)
                    free = torch.logical_or(torch.logical_and(free, uncut), torch.logical_and(torch.logical_not(free), inside))
                  through = torch.where(free, torch.neg(torch.mul(ratio, a)), zero)
              if kind == 1:
                direct = torch.neg(torch.mul(torch.clamp_max(torch.detach(ratio), p1), a))
                losses = torch.mul(direct, torch.where(counted, logps, zero))
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
                    w = torch.add(w, torch.sum(torch.where(counted, logs, zero), [-1], True))
                w = torch.clamp(w, -18.420680743952367, 20.)
                good = torch.ge(a, 0)
                power = torch.where(good, torch.full_like(zero, p1), torch.full_like(zero, p3))
                damping = torch.where(good, torch.full_like(zero, p2), torch.full_like(zero, p4))
                phi = torch.exp(torch.sub(torch.add(damping, torch.mul(power, w)), torch.mul(damping, torch.exp(w))))
                direct = torch.neg(torch.mul(phi, a))
                losses = torch.mul(direct, torch.where(counted, logps, zero))
            """;

    private static final String FACTORS = """
              if filter:
                apart = torch.neg(torch.div(torch.sum(torch.detach(x), [-1], True), floor))
                stay = torch.logical_not(torch.logical_and(torch.lt(a, 0), torch.gt(apart, threshold)))
                losses = torch.where(stay, losses, zero)
                through = torch.where(stay, through, zero)
                direct = torch.where(stay, direct, zero)
              if len(entropies) > 0:
                chosen = torch.masked_select(torch.detach(entropies[0]), counted)
                if torch.numel(chosen) > 0:
                  least = torch.quantile(chosen, 1. - top)
                  keep = torch.logical_and(counted, torch.ge(torch.detach(entropies[0]), least))
                  losses = torch.where(keep, losses, zero)
                  through = torch.where(keep, through, zero)
                  direct = torch.where(keep, direct, zero)
              if kind != 3:
                if len(weights) > 0:
                  factor = torch.where(counted, torch.detach(weights[0]), zero)
                  losses = torch.mul(losses, factor)
                  through = torch.mul(through, factor)
                  direct = torch.mul(direct, factor)
              kl_mean = torch.zeros_like(n)
              if beta > 0.:
                e = torch.where(counted, torch.sub(torch.detach(refs[0]), logps), zero)
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
            def grpo(self, logps: Tensor, old: Tensor, adv: Tensor, mask: Tensor, refs: List[Tensor], entropies: List[Tensor], weights: List[Tensor], kind: int, p1: float, p2: float, p3: float, p4: float, sequence: bool, beta: float, corrected: bool, filter: bool, threshold: float, top: float, row_means: bool, divisor: float, closed: bool) -> List[Tensor]:
              counted = torch.ne(mask, 0)
              zero = torch.zeros_like(logps)
              a = torch.where(counted, torch.detach(adv), zero)
              m = torch.type_as(counted, logps)
              lengths = torch.sum(m, [-1], True)
              floor = torch.clamp(lengths, 1.)
              n = torch.sum(lengths)
              n8 = torch.add(n, 1e-08)
              x = torch.where(counted, torch.sub(logps, torch.detach(old)), zero)
              if sequence:
                ratio = torch.exp(torch.div(torch.sum(x, [-1], True), floor))
              else:
                ratio = torch.exp(x)
            """ + SURROGATE + FACTORS + """
              if divisor > 0.:
                share = torch.div(torch.ones_like(n), divisor)
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
            """);

    private GrpoScript() {}
}
