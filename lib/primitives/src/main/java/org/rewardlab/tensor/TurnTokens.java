package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * From the tokens of a trajectory to its turns and back.
 *
 * <p>A trajectory of T tokens has at most K turns (an agent's steps, the sentences of a dialogue). {@code turns} (B,T) names the
 * turn of each token, from 0 to K-1, and -1 on tokens of none: prompt, observation, tool output, padding. Turns may be
 * of any length, have holes, or be absent.
 *
 * <p>Rejected everywhere: shapes that do not fit, an empty batch, numbers of turns that are not whole or lie outside [-1, K).
 *
 * <pre>{@code
 * var turns = nd.create(new int[][] {{-1, 0, 0, -1, 1}});
 * TurnTokens.count(turns)
 * // => 2
 * TurnTokens.mask(turns, DataType.FLOAT32)
 * // => ND: (1, 5) cpu() float32 [[0., 1., 1., 0., 1.]]
 * TurnTokens.sums(nd.create(new float[][] {{9, 1, 2, 9, 4}}), turns, 3)
 * // => ND: (1, 3) cpu() float32 [[3., 4., 0.]]
 * TurnTokens.present(turns, 3, DataType.FLOAT32)
 * // => ND: (1, 3) cpu() float32 [[1., 1., 0.]]
 * var perTurn = nd.create(new float[][] {{5, 7, 8}});
 * TurnTokens.broadcast(perTurn, turns)
 * // => ND: (1, 5) cpu() float32 [[0., 5., 5., 0., 7.]]
 * TurnTokens.onLastToken(perTurn, turns)
 * // => ND: (1, 5) cpu() float32 [[0., 0., 5., 0., 7.]]
 * }</pre>
 */
public final class TurnTokens {

    private static final Script SUMS = Script.of("""
            def sums(self, values: Tensor, turns: Tensor, count: int) -> Tensor:
              t = torch.to(turns, 4)
              inside = torch.ge(t, 0)
              kept = torch.where(inside, values, torch.zeros_like(values))
              index = torch.where(inside, t, torch.full_like(t, count))
              base = torch.new_zeros(values, [torch.size(values, 0), count + 1])
              return torch.contiguous(torch.slice(torch.scatter_add(base, 1, index, kept), 1, 0, count))
            """);

    private static final Script BROADCAST = Script.of("""
            def broadcast(self, values: Tensor, turns: Tensor) -> Tensor:
              t = torch.to(turns, 4)
              found = torch.gather(torch.detach(values), 1, torch.clamp(t, 0))
              return torch.where(torch.ge(t, 0), found, torch.zeros_like(found))
            """);

    private TurnTokens() {}

    /**
     * The sum over the tokens of each turn (B,K), 0 for a turn without token; differentiable with respect to the values.
     * What stands on tokens of no turn, NaN included, is not read.
     *
     * @param values (B,T)
     * @param turns (B,T)
     * @param count how many turns there may be, K, at least 1
     */
    public static NDArray sums(NDArray values, NDArray turns, int count) {
        Check.matrix("values", values);
        Check.floating("values", values);
        Check.sameShape("turns", turns, "values", values);
        numbers(turns, count);
        return SUMS.call(values, turns, (long) count);
    }

    /**
     * The number of its turn on each token (B,T), 0 on tokens of none; a constant for differentiation.
     *
     * @param perTurn (B,K)
     * @param turns (B,T)
     */
    public static NDArray broadcast(NDArray perTurn, NDArray turns) {
        check(perTurn, turns);
        try (GradientMode mode = GradientMode.paused()) {
            return BROADCAST.call(perTurn, turns);
        }
    }

    /**
     * The number of each turn on its last token (B,T), 0 elsewhere: where a step's reward stands in token-level training. The
     * number of a turn without token is dropped.
     *
     * @param perTurn (B,K)
     * @param turns (B,T)
     */
    public static NDArray onLastToken(NDArray perTurn, NDArray turns) {
        check(perTurn, turns);
        double[][] values = Tensors.toRows(perTurn);
        double[][] ids = Tensors.toRows(turns);
        double[][] tokens = new double[ids.length][ids[0].length];
        for (int b = 0; b < ids.length; b++) {
            boolean[] placed = new boolean[values[b].length];
            for (int t = ids[b].length - 1; t >= 0; t--) {
                int turn = (int) ids[b][t];
                if (turn >= 0 && !placed[turn]) {
                    tokens[b][t] = values[b][turn];
                    placed[turn] = true;
                }
            }
        }
        return Tensors.fromRows(perTurn.getManager(), tokens, perTurn.getDataType());
    }

    /** 1 on tokens that belong to a turn, 0 elsewhere (B,T), of a given type. */
    public static NDArray mask(NDArray turns, DataType type) {
        Check.matrix("turns", turns);
        double[] ids = numbers(turns, Integer.MAX_VALUE);
        for (int i = 0; i < ids.length; i++) {
            ids[i] = ids[i] >= 0 ? 1 : 0;
        }
        return Tensors.create(turns.getManager(), ids, type, turns.getShape().getShape());
    }

    /** 1 for each turn that has a token (B,K), 0 for the others, of a given type. */
    public static NDArray present(NDArray turns, int count, DataType type) {
        Check.matrix("turns", turns);
        numbers(turns, count);
        double[][] ids = Tensors.toRows(turns);
        double[][] there = new double[ids.length][count];
        for (int b = 0; b < ids.length; b++) {
            for (double id : ids[b]) {
                if (id >= 0) {
                    there[b][(int) id] = 1;
                }
            }
        }
        return Tensors.fromRows(turns.getManager(), there, type);
    }

    /** One more than the largest number of a turn: the smallest K that holds all turns, 0 if there is none. */
    public static int count(NDArray turns) {
        Check.matrix("turns", turns);
        double largest = -1;
        for (double id : numbers(turns, Integer.MAX_VALUE)) {
            largest = Math.max(largest, id);
        }
        return (int) largest + 1;
    }

    private static void check(NDArray perTurn, NDArray turns) {
        Check.matrix("perTurn", perTurn);
        Check.floating("perTurn", perTurn);
        Check.matrix("turns", turns);
        Check.shape("turns", turns, perTurn.getShape().get(0), turns.getShape().get(1));
        numbers(turns, (int) perTurn.getShape().get(1));
    }

    private static double[] numbers(NDArray turns, int count) {
        Check.atLeast("count", count, 1);
        double[] ids = Tensors.toDoubles(turns);
        for (double id : ids) {
            if (!(id >= -1 && id < count && id == Math.rint(id))) {
                throw Check.failure("turns", "whole numbers in [-1, " + count + ")", id);
            }
        }
        return ids;
    }
}
