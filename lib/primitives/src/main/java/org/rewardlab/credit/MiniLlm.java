package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Advantages of distillation by policy gradient: how much more a teacher likes what the student wrote. Gu et al. 2024
 * (MiniLLM), eq. 5 and 6.
 *
 * <p>{@code r = (teacher - student) * mask}. With gamma 0 the advantage is r. Otherwise {@code A_t = sum_{i>=t} gamma^i
 * r_i}, gamma raised to the position from the start, divided if normalized by {@code sum_{i>=t} gamma^i m_i}, where m
 * is the mask with 1e-4 in place of 0. With gamma 1 and no normalization that is reward-to-go.
 *
 * <p>A token outside the mask has the sum from there on, 0 after the last counted one. Both sums are taken relative to
 * {@code gamma^t}, so that normalized advantages of long responses do not become 0 by 0.
 *
 * <pre>{@code
 * var rollouts = Rollouts.of(nd.create(new float[][] {{0, 0, 0}}), nd.create(new float[][] {{1, 1, 1}}))
 *         .withLogps(nd.create(new float[][] {{-1, -1, -1}}))        // the student's
 *         .withRefLogps(nd.create(new float[][] {{-2, -1, -0.5f}})); // the teacher's
 * new MiniLlm().estimate(rollouts).advantages()
 * // => ND: (1, 3) cpu() float32 [[-1., 0., 0.5]]
 * new MiniLlm(1, true).estimate(rollouts).advantages()   // the mean of what is to come
 * // => ND: (1, 3) cpu() float32 [[-0.1667, 0.25, 0.5]]
 * }</pre>
 *
 * @param gamma discount, in [0, 1]
 * @param lengthNormalization whether to divide by the discounted length that is left
 */
public record MiniLlm(double gamma, boolean lengthNormalization) implements AdvantageEstimator {

    private static final double UNCOUNTED = 1e-4;

    private static final Script ON_DEVICE =
            Script.of("""
            def advantages(self, student: Tensor, teacher: Tensor, mask: Tensor, gamma: float, normalize: bool) -> Tensor:
              zero = torch.zeros_like(student)
              counted = torch.ne(mask, 0)
              r = torch.where(counted, torch.sub(torch.type_as(teacher, student), student), zero)
              if gamma == 0.:
                result = r
              else:
                decay = torch.mul(torch.ones_like(r), gamma)
                result = self.backwards(decay, r)
                if normalize:
                  m = torch.clamp(torch.type_as(counted, r), UNCOUNTED)
                  result = torch.div(result, self.backwards(decay, m))
                else:
                  place = torch.sub(torch.cumsum(torch.ones_like(r), 1), 1.)
                  result = torch.mul(result, torch.pow(decay, place))
              return result
            """.replace("UNCOUNTED", String.valueOf(UNCOUNTED)) + Recurrence.METHODS);

    public MiniLlm {
        Check.within("gamma", gamma, 0, 1);
    }

    /** The one-step rewards. */
    public MiniLlm() {
        this(0, true);
    }

    /** {@inheritDoc} */
    @Override
    public Set<Rollouts.Part> reads() {
        return Set.of(Rollouts.Part.LOGPS, Rollouts.Part.REF_LOGPS);
    }

    /** {@inheritDoc} Reads logps (the student's), refLogps (the teacher's) and mask; rewards are not read. */
    @Override
    public Advantages estimate(Rollouts rollouts) {
        NDArray student = Check.present("logps", rollouts.logps(), "MiniLLM");
        NDArray teacher = Check.present("refLogps", rollouts.refLogps(), "MiniLLM");
        NDArray mask = rollouts.mask();
        ValueCheck.of()
                .mask("mask", mask)
                .noNaN("logps", student, mask)
                .noNaN("refLogps", teacher, mask)
                .run();
        return estimate(student, teacher, mask, Recurrence.onDevice(student));
    }

    Advantages estimate(NDArray student, NDArray teacher, NDArray mask, boolean onDevice) {
        if (onDevice) {
            try (GradientMode mode = GradientMode.paused()) {
                return new Advantages(ON_DEVICE.call(student, teacher, mask, gamma, lengthNormalization), null);
            }
        }
        return new Advantages(RowScan.over(1, this::scan, student, teacher, mask)[0], null);
    }

    private void scan(double[][] in, double[][] out, int start, int end) {
        double sum = 0;
        double length = 0;
        for (int t = end - 1; t >= start; t--) {
            boolean counted = in[2][t] != 0;
            double reward = counted ? in[1][t] - in[0][t] : 0;
            sum = reward + gamma * sum;
            length = (counted ? 1 : UNCOUNTED) + gamma * length;
            if (gamma == 0) {
                out[0][t] = reward;
            } else {
                out[0][t] = lengthNormalization ? sum / length : Math.pow(gamma, t - start) * sum;
            }
        }
    }
}
