package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;

/**
 * The tensor form of scans over time, for arrays that live on a GPU: {@code x_t = decay_t x_{t+1} + input_t} from the
 * last column to the first, by doubling, in about log2(T) rounds.
 *
 * <p>On a CPU a plain loop over Java numbers is an order of magnitude faster.
 */
final class Recurrence {

    /** Methods {@code backwards(decay, input)} and {@code following(x)}, to be appended to a script. */
    static final String METHODS = """
            def backwards(self, decay: Tensor, input: Tensor) -> Tensor:
              a = torch.expand_as(decay, input)
              b = input
              n = torch.size(input, 1)
              k = 1
              while k < n:
                left = torch.slice(a, 1, 0, n - k)
                b = torch.cat([torch.add(torch.slice(b, 1, 0, n - k), torch.mul(left, torch.slice(b, 1, k, n))), torch.slice(b, 1, n - k, n)], 1)
                a = torch.cat([torch.mul(left, torch.slice(a, 1, k, n)), torch.slice(a, 1, n - k, n)], 1)
                k = k * 2
              return b
            def following(self, x: Tensor) -> Tensor:
              n = torch.size(x, 1)
              return torch.cat([torch.slice(x, 1, 1, n), torch.zeros_like(torch.slice(x, 1, 0, 1))], 1)
            """;

    private Recurrence() {}

    /** Whether scans over an array are to be made where it lives. */
    static boolean onDevice(NDArray array) {
        return array.getDevice().isGpu();
    }
}
