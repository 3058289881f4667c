package org.rewardlab.policy;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * A teacher made of two models, whose distillation is reinforcement learning on the reward that the two imply. Zhang et al.
 * 2025 (AlignDistil), eqs. 11 to 15.
 *
 * <p>With a model trained by DPO and another one, ref, the optimum of {@code E[beta log(dpo/ref)] - strength KL(. || ref)} at
 * each token has logits that lie on the line through those of the two:
 *
 * <table>
 * <caption>Modes, with tvd = tvdScale * sum_v |p_dpo - p_ref|</caption>
 * <tr><th>mode</th><th>weight w</th><th>logits</th><th>coefficient of the loss</th></tr>
 * <tr><td>{@link Mode#RLHF}</td><td>beta / strength</td><td>w dpo + (1-w) ref</td><td>strength</td></tr>
 * <tr><td>{@link Mode#CONTRASTIVE}</td><td>beta / strength</td><td>dpo + w (dpo - ref)</td><td>strength</td></tr>
 * <tr><td>{@link Mode#ADAPTIVE}</td><td>strength * tvd + epsilon</td><td>w dpo + (1-w) ref</td><td>beta / w</td></tr>
 * <tr><td>{@link Mode#ADAPTIVE_CONTRASTIVE}</td><td>strength * tvd + epsilon</td><td>dpo + w (dpo - ref)</td><td>beta / w</td></tr>
 * </table>
 *
 * <p>In the first two, strength is the coefficient of the KL divergence: {@code strength = beta} makes the DPO model the RLHF
 * teacher, a large strength the reference. In the adaptive ones it is the gain of extrapolation, larger where the models
 * disagree (the paper takes 10 off policy, 15 on policy). The contrastive modes, the published AlignDistil among them, take for
 * ref a reverse DPO model, trained with chosen and rejected swapped.
 *
 * <pre>{@code
 * var log3 = (float) Math.log(3);
 * var dpo = nd.create(new float[] {log3, 0}, new Shape(1, 1, 2)); // 3/4, 1/4
 * var ref = nd.create(new float[] {0, 0}, new Shape(1, 1, 2));    // 1/2, 1/2
 * new ExtrapolatedTeacher(ExtrapolatedTeacher.Mode.RLHF, 0.1, 0.1).teach(dpo, ref).logps().exp()
 * // => ND: (1, 1, 2) cpu() float32 [[[0.75, 0.25]]]
 * new ExtrapolatedTeacher(ExtrapolatedTeacher.Mode.RLHF, 0.1, 0.05).teach(dpo, ref).logps().exp() // w = 2: odds 9 to 1
 * // => ND: (1, 1, 2) cpu() float32 [[[0.9, 0.1]]]
 * var adaptive = new ExtrapolatedTeacher(ExtrapolatedTeacher.Mode.ADAPTIVE, 0.1, 10).teach(dpo, ref);
 * adaptive.distances()
 * // => ND: (1, 1) cpu() float32 [[0.5]]
 * adaptive.weights()
 * // => ND: (1, 1) cpu() float32 [[5.001]]
 * adaptive.coefficients()
 * // => ND: (1, 1) cpu() float32 [[0.02]]
 * }</pre>
 *
 * @param mode how logits are combined
 * @param beta of the DPO loss that the models were trained with, above 0
 * @param strength KL coefficient or gain, above 0
 * @param temperature that the combined logits are divided by, above 0
 * @param tvdScale of the distance between distributions, above 0: 1 for the L1 distance in [0, 2], 0.5 for total variation
 * @param epsilon weight where both models agree, at least 0
 */
public record ExtrapolatedTeacher(
        Mode mode, double beta, double strength, double temperature, double tvdScale, double epsilon)
        implements Serializable {

    /** How the logits of two models are combined. */
    public enum Mode {
        /** Between reference and DPO model, or beyond, by a constant weight. */
        RLHF("rlhf"),
        /** Beyond the DPO model, away from the other, by a constant weight. */
        CONTRASTIVE("contrastive"),
        /** As {@link #RLHF}, by a weight of each token. */
        ADAPTIVE("adaptive"),
        /** As {@link #CONTRASTIVE}, by a weight of each token: AlignDistil. */
        ADAPTIVE_CONTRASTIVE("aligndistil");

        private final String label;

        Mode(String label) {
            this.label = label;
        }

        /** The mode of that name. */
        public static Mode of(String name) {
            return Labels.find("mode", name, values());
        }

        boolean isAdaptive() {
            return this == ADAPTIVE || this == ADAPTIVE_CONTRASTIVE;
        }

        boolean isContrastive() {
            return this == CONTRASTIVE || this == ADAPTIVE_CONTRASTIVE;
        }

        @Override
        public String toString() {
            return label;
        }
    }

    /**
     * What the student is to learn at each token, constant for differentiation.
     *
     * @param logps log-probabilities of the teacher (B,T,V)
     * @param coefficients what the divergence at each token is multiplied by (B,T)
     * @param weights w (B,T)
     * @param distances tvd (B,T)
     */
    public record Teaching(NDArray logps, NDArray coefficients, NDArray weights, NDArray distances) {}

    /** A token that both models rule out (logits of minus infinity) has no difference and stays ruled out. */
    private static final Script TEACH = Script.of("""
            def teach(self, dpo: Tensor, ref: Tensor, adaptive: bool, contrastive: bool, beta: float, strength: float, temperature: float, scale: float, eps: float) -> List[Tensor]:
              distance = scale * torch.sum(torch.abs(torch.softmax(dpo, -1) - torch.softmax(ref, -1)), [-1])
              if adaptive:
                w = strength * distance + eps
                coefficient = beta / w
              else:
                w = torch.full_like(distance, beta / strength)
                coefficient = torch.full_like(distance, strength)
              difference = torch.where(torch.eq(dpo, ref), torch.zeros_like(dpo), dpo - ref)
              start = ref
              if contrastive:
                start = dpo
              z = start + torch.unsqueeze(w, -1) * difference
              return [torch.log_softmax(z / temperature, -1), coefficient, w, distance]
            """);

    public ExtrapolatedTeacher {
        Check.positive("beta", beta);
        Check.positive("strength", strength);
        Check.positive("temperature", temperature);
        Check.positive("tvdScale", tvdScale);
        Check.notNegative("epsilon", epsilon);
    }

    /** At temperature 1, with the L1 distance and epsilon 1e-3. */
    public ExtrapolatedTeacher(Mode mode, double beta, double strength) {
        this(mode, beta, strength, 1, 1, 1e-3);
    }

    /**
     * The teacher at each token.
     *
     * @param dpoLogits of the model trained by DPO (B,T,V)
     * @param refLogits of the reference, or of the reverse DPO model in the contrastive modes (B,T,V)
     * @throws IllegalArgumentException for another rank, shapes that differ, an empty batch, NaN
     */
    public Teaching teach(NDArray dpoLogits, NDArray refLogits) {
        Check.rank("dpoLogits", dpoLogits, 3);
        Check.floating("dpoLogits", dpoLogits);
        Check.sameShape("refLogits", refLogits, "dpoLogits", dpoLogits);
        ValueCheck.of()
                .noNaN("dpoLogits", dpoLogits)
                .noNaN("refLogits", refLogits)
                .run();
        try (GradientMode mode = GradientMode.paused()) {
            NDArray[] results = run(dpoLogits, refLogits);
            return new Teaching(results[0], results[1], results[2], results[3]);
        }
    }

    /** Log-probabilities, coefficients, weights and distances, unchecked. */
    NDArray[] run(NDArray dpoLogits, NDArray refLogits) {
        return TEACH.callMany(
                dpoLogits,
                refLogits,
                mode.isAdaptive(),
                mode.isContrastive(),
                beta,
                strength,
                temperature,
                tvdScale,
                epsilon);
    }
}
