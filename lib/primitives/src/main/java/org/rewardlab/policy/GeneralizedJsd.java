package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * The generalized Jensen-Shannon divergence of knowledge distillation on policy. Agarwal et al. 2024 (GKD), eq. 1.
 *
 * <p>With s and q the softmax of student and teacher at a temperature and {@code m = (1-beta) s + beta q}:
 * {@code beta KL(q||m) + (1-beta) KL(s||m)}, in the limits {@code KL(q||s)} (beta 0: the forward KL of supervised
 * distillation) and {@code KL(s||q)} (beta 1: the reverse KL, mode seeking). Summed over counted tokens and divided by
 * their number, at least 1; {@code losses} are the divergences (B,T), 0 outside the mask. Metric: {@code jsd}.
 *
 * <pre>{@code
 * var student = nd.create(new float[] {0, 0}, new Shape(1, 1, 2));
 * var teacher = nd.create(new float[] {2, 0}, new Shape(1, 1, 2));
 * var batch = new DistillationBatch(student, teacher, nd.create(new float[][] {{1}}));
 * new GeneralizedJsd().loss(batch).loss()
 * // => ND: () cpu() float32 0.0895
 * new GeneralizedJsd(1, 1).loss(batch).loss()   // KL(student || teacher)
 * // => ND: () cpu() float32 0.4338
 * }</pre>
 *
 * @param beta in [0, 1]
 * @param temperature above 0
 */
public record GeneralizedJsd(double beta, double temperature) implements Loss<DistillationBatch> {

    private static final List<String> METRICS = List.of("jsd");

    private static final Script TOKENS = Script.of("""
            def tokens(self, student: Tensor, teacher: Tensor, mask: Tensor, beta: float, temperature: float, log_s: float, log_q: float) -> List[Tensor]:
              counted = torch.unsqueeze(torch.ne(mask, 0), -1)
              zero = torch.zeros_like(student)
              s = torch.log_softmax(torch.div(torch.where(counted, student, zero), temperature), -1)
              q = torch.log_softmax(torch.div(torch.where(counted, torch.detach(teacher), zero), temperature), -1)
              if beta == 0.:
                d = self.divergence(q, s)
              else:
                if beta == 1.:
                  d = self.divergence(s, q)
                else:
                  m = torch.logaddexp(torch.add(s, log_s), torch.add(q, log_q))
                  d = torch.add(torch.mul(self.divergence(q, m), beta), torch.mul(self.divergence(s, m), 1. - beta))
              flags = torch.type_as(torch.ne(mask, 0), student)
              losses = torch.mul(d, flags)
              loss = torch.div(torch.sum(losses), torch.clamp(torch.sum(flags), 1.))
              return [loss, losses, torch.reshape(torch.clone(torch.detach(loss)), [1])]
            def divergence(self, logp: Tensor, logq: Tensor) -> Tensor:
              p = torch.exp(logp)
              zero = torch.zeros_like(p)
              some = torch.gt(p, 0)
              d = torch.sub(torch.where(some, logp, zero), torch.where(some, logq, zero))
              return torch.sum(torch.mul(p, d), [-1])
            """);

    public GeneralizedJsd {
        Check.within("beta", beta, 0, 1);
        Check.positive("temperature", temperature);
    }

    /** The symmetric divergence at temperature 1. */
    public GeneralizedJsd() {
        this(0.5, 1);
    }

    @Override
    public LossOutput loss(DistillationBatch batch) {
        batch.check();
        try (Scope scope = Scope.open()) {
            NDArray[] parts = TOKENS.callMany(
                    batch.studentLogits(),
                    batch.teacherLogits(),
                    batch.mask(),
                    beta,
                    temperature,
                    Math.log1p(-beta),
                    Math.log(beta));
            try {
                ValueCheck.of().noNaN("studentLogits", parts[1], batch.mask()).run();
            } catch (IllegalArgumentException e) {
                batch.checkNumbers();
                throw e;
            }
            return new LossOutput(parts[0], parts[1], new Metrics(METRICS, parts[2])).keptBy(scope);
        }
    }
}
