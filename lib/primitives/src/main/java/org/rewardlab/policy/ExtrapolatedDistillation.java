package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;

/**
 * Distillation from an {@link ExtrapolatedTeacher}: alignment with a full distribution for a signal at each token. Zhang et
 * al. 2025 (AlignDistil), eq. 16.
 *
 * <p>At each token {@code coefficient * KL(student || teacher)}, summed over the response, divided by its length if {@code
 * lengthNormalize}, and averaged over responses. In {@link ExtrapolatedTeacher.Mode#RLHF} it has the gradient of {@code -E[reward]
 * + strength KL(student || ref)} at each token, with the reward {@code beta log(dpo/ref)}. {@code losses} are the token losses
 * (B,T), those of padding included, which reach neither loss nor gradient; teacher and coefficient are constants. Metrics:
 * {@code distill/kl}, {@code distill/tvd}, {@code distill/weight}, means over counted tokens.
 *
 * <p>On policy the responses are drawn from the student, off policy they are the preferred ones of the data.
 *
 * <pre>{@code
 * var log3 = (float) Math.log(3);
 * var shape = new Shape(1, 2, 2);
 * var batch = new TwoModelBatch(
 *         nd.create(new float[] {0, 0, 2 * log3, 0}, shape),   // student: 1/2, 1/2 and 9/10, 1/10
 *         nd.create(new float[] {log3, 0, log3, 0}, shape),    // DPO model: 3/4, 1/4
 *         nd.create(new float[] {0, 0, 0, 0}, shape),          // reference: 1/2, 1/2
 *         nd.create(new float[][] {{1, 1}}));                  // mask
 * var teacher = new ExtrapolatedTeacher(ExtrapolatedTeacher.Mode.RLHF, 2, 1); // twice as far: 9/10, 1/10
 * new ExtrapolatedDistillation(teacher).loss(batch).losses()
 * // => ND: (1, 2) cpu() float32 [[0.5108, 0.]]
 * new ExtrapolatedDistillation(teacher).loss(batch).loss()
 * // => ND: () cpu() float32 0.2554
 * new ExtrapolatedDistillation(teacher).lossAndGradients(batch).of("studentLogits")
 * // => ND: (1, 2, 2) cpu() float32 [[[-0.2747, 0.2747], [0., 0.]]]
 * }</pre>
 *
 * @param teacher what is taught
 * @param lengthNormalize whether each response counts the same whatever its length; a row without tokens is then rejected, and
 *     counts 0 otherwise
 */
public record ExtrapolatedDistillation(ExtrapolatedTeacher teacher, boolean lengthNormalize)
        implements Loss<TwoModelBatch> {

    private static final List<String> METRICS = List.of("distill/kl", "distill/tvd", "distill/weight");

    private static final String SIGNATURE =
            "(self, student: Tensor, logq: Tensor, coefficient: Tensor, weight: Tensor, distance: Tensor, mask: Tensor,"
                    + " normalize: bool) -> List[Tensor]:\n";

    /** Padding keeps its numbers and loses its gradient. */
    private static final String PRELUDE = """
              counted = torch.ne(mask, 0)
              flags = torch.type_as(counted, student)
              logits = torch.where(torch.unsqueeze(counted, -1), student, torch.detach(student))
              logp = torch.log_softmax(logits, -1)
              p = torch.exp(logp)
              zero = torch.zeros_like(p)
              some = torch.gt(p, 0)
              ratio = torch.where(some, logp, zero) - torch.where(some, logq, zero)
              kl = torch.sum(p * ratio, [-1])
              tokens = coefficient * kl
              rows = torch.sum(torch.where(counted, tokens, torch.zeros_like(tokens)), [-1])
              length = torch.ones_like(rows)
              if normalize:
                length = torch.sum(flags, [-1])
              loss = torch.mean(rows / length)
              n = torch.clamp_min(torch.sum(flags), 1.)
              seen = torch.stack([torch.detach(kl), distance, weight], 0)
              kept = torch.where(torch.unsqueeze(counted, 0), seen, torch.zeros_like(seen))
              metrics = torch.sum(kept, [1, 2]) / n
            """;

    private static final Script LOSS =
            Script.of("def loss" + SIGNATURE + PRELUDE + "  return [loss, tokens, metrics]\n");

    private static final Script GRADIENTS = Script.of("def gradients" + SIGNATURE + PRELUDE + """
              share = flags * coefficient / torch.unsqueeze(length * torch.size(student, 0), -1)
              slope = p * (ratio - torch.unsqueeze(kl, -1))
              gradient = torch.where(torch.unsqueeze(counted, -1), torch.unsqueeze(share, -1) * slope, zero)
              return [loss, tokens, metrics, gradient]
            """);

    /** With every response counting the same. */
    public ExtrapolatedDistillation(ExtrapolatedTeacher teacher) {
        this(teacher, true);
    }

    @Override
    public LossOutput loss(TwoModelBatch batch) {
        try (Scope scope = Scope.open()) {
            return output(run(LOSS, batch)).keptBy(scope);
        }
    }

    /** {@inheritDoc} In closed form: {@code coefficient / (B L) p ((log p - log q) - KL)}, 0 on padding. */
    @Override
    public LossGradients lossAndGradients(TwoModelBatch batch) {
        try (GradientMode mode = GradientMode.paused();
                Scope scope = Scope.open()) {
            NDArray[] results = run(GRADIENTS, batch);
            return new LossGradients(output(results).keptBy(scope), Map.of("studentLogits", scope.keep(results[3])));
        }
    }

    private NDArray[] run(Script script, TwoModelBatch batch) {
        batch.check(lengthNormalize);
        NDArray[] teaching;
        try (GradientMode mode = GradientMode.paused()) {
            teaching = teacher.run(batch.dpoLogits(), batch.refLogits());
        }
        return script.callMany(
                batch.studentLogits(),
                teaching[0],
                teaching[1],
                teaching[2],
                teaching[3],
                batch.mask(),
                lengthNormalize);
    }

    private static LossOutput output(NDArray[] results) {
        return new LossOutput(results[0], results[1], new Metrics(METRICS, results[2]));
    }
}
