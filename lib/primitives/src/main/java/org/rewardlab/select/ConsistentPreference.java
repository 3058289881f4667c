package org.rewardlab.select;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.ValueCheck;

/**
 * Pairs on which all judges are on one side, with that side as the label. Zhou et al. 2025 (SCIR).
 *
 * @param label 1 where every judge prefers the first response, -1 where every one prefers the second, else 0 (B), constant
 * @param keep {@code |label|} (B)
 */
public record ConsistentPreference(NDArray label, NDArray keep) {

    private static final Script SELECT = Script.of("""
            def select(self, p: Tensor, low: float, high: float) -> List[Tensor]:
              p = torch.detach(p)
              first = torch.type_as(torch.all(torch.gt(p, high), 0), p)
              second = torch.type_as(torch.all(torch.lt(p, low), 0), p)
              return [first - second, first + second]
            """);

    /**
     * The label of each pair.
     *
     * @param probabilities that the first response is better, by each judge (M,B)
     * @param margin by how much a probability must pass 1/2, in [0, 0.5); 1/2 itself is never kept
     * @throws IllegalArgumentException for another rank, no judge, probabilities outside [0, 1]
     */
    public static ConsistentPreference of(NDArray probabilities, double margin) {
        Check.matrix("probabilities", probabilities);
        Check.floating("probabilities", probabilities);
        Check.withinHalfOpen("margin", margin, 0, 0.5);
        ValueCheck.of().within("probabilities", probabilities, 0, 1).run();
        boolean single = probabilities.getDataType() == DataType.FLOAT32;
        double high = single ? (float) (0.5 + margin) : 0.5 + margin; // so that equal decimals are equal
        double low = single ? (float) (0.5 - margin) : 0.5 - margin;
        try (Scope scope = Scope.open()) {
            NDArray[] results = scope.keep(SELECT.callMany(probabilities, low, high));
            return new ConsistentPreference(results[0], results[1]);
        }
    }
}
