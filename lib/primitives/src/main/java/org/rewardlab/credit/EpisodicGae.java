package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Generalized advantage estimation over environments that end and start again. Schulman et al. 2016, eq. 16.
 *
 * <p>{@code delta_t = r_t + gamma v_{t+1} n_{t+1} - v_t}, {@code A_t = delta_t + gamma lambda n_{t+1} A_{t+1}}, n = 0
 * where the next state starts a new episode, else 1; returns are {@code A + v}. Without any end and with a last value
 * of 0 it is {@link Gae} on full rows.
 *
 * <pre>{@code
 * var episodes = new Episodes(
 *         nd.create(new float[][] {{1}, {1}, {1}}),     // rewards, time first
 *         nd.create(new float[][] {{0}, {0}, {0}}),     // values
 *         nd.create(new float[][] {{0}, {0}, {1}}),     // the third step starts a new episode
 *         nd.create(new float[] {2}), nd.create(new float[] {0}));
 * new EpisodicGae(1, 1).estimate(episodes).advantages()
 * // => ND: (3, 1) cpu() float32 [[2.], [1.], [3.]]
 * }</pre>
 *
 * @param gamma discount, in [0, 1]
 * @param lambda trace decay, in [0, 1]
 */
public record EpisodicGae(double gamma, double lambda) {

    private static final Script ON_DEVICE = Script.of("""
            def gae(self, rewards: Tensor, values: Tensor, dones: Tensor, value: Tensor, done: Tensor, gamma: float, trace: float) -> List[Tensor]:
              v = torch.type_as(values, rewards)
              n = torch.size(rewards, 0)
              last = torch.unsqueeze(torch.type_as(value, v), 0)
              ended = torch.type_as(torch.ne(torch.cat([torch.slice(dones, 0, 1, n), torch.type_as(torch.unsqueeze(done, 0), dones)], 0), 0), v)
              lives = torch.sub(torch.ones_like(ended), ended)
              upcoming = torch.cat([torch.slice(v, 0, 1, n), last], 0)
              delta = torch.sub(torch.add(rewards, torch.mul(torch.mul(upcoming, lives), gamma)), v)
              decay = torch.mul(lives, gamma * trace)
              advantages = torch.contiguous(torch.t(self.backwards(torch.t(decay), torch.t(delta))))
              return [advantages, torch.add(advantages, v)]
            """ + Recurrence.METHODS);

    public EpisodicGae {
        Check.within("gamma", gamma, 0, 1);
        Check.within("lambda", lambda, 0, 1);
    }

    /** With gamma 0.99 and lambda 0.95. */
    public EpisodicGae() {
        this(0.99, 0.95);
    }

    /** Advantages and returns, each (T,N), constant. */
    public Advantages estimate(Episodes episodes) {
        return estimate(episodes, Recurrence.onDevice(episodes.rewards()));
    }

    Advantages estimate(Episodes episodes, boolean onDevice) {
        NDArray rewards = episodes.rewards();
        if (onDevice) {
            try (GradientMode mode = GradientMode.paused();
                    Scope scope = Scope.open()) {
                NDArray[] both = scope.keep(ON_DEVICE.callMany(
                        rewards,
                        episodes.values(),
                        episodes.dones(),
                        episodes.nextValue(),
                        episodes.nextDone(),
                        gamma,
                        lambda));
                return new Advantages(both[0], both[1]);
            }
        }
        double[] advantages = Tensors.toDoubles(rewards);
        double[] returns = Tensors.toDoubles(episodes.values());
        scan(advantages, returns, episodes);
        long[] shape = rewards.getShape().getShape();
        return new Advantages(
                Tensors.create(rewards.getManager(), advantages, rewards.getDataType(), shape),
                Tensors.create(rewards.getManager(), returns, rewards.getDataType(), shape));
    }

    /** Replaces rewards by advantages and values by returns. */
    private void scan(double[] rewards, double[] values, Episodes episodes) {
        double[] dones = Tensors.toDoubles(episodes.dones());
        double[] next = Tensors.toDoubles(episodes.nextValue());
        double[] ended = Tensors.toDoubles(episodes.nextDone());
        double[] last = new double[next.length];
        int environments = next.length;
        for (int i = rewards.length - 1; i >= 0; i--) {
            int n = i % environments;
            double value = values[i];
            double lives = ended[n] == 0 ? gamma : 0;
            last[n] = rewards[i] + lives * next[n] - value + lives * lambda * last[n];
            rewards[i] = last[n];
            values[i] = last[n] + value;
            next[n] = value;
            ended[n] = dones[i];
        }
    }
}
