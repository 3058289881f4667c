package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * What classifiers say of each segment of a response, for three types of hallucination: existence, attribute, relation.
 *
 * @param classes for each segment and type 0 nothing of this type is stated, 1 stated and faithful, 2 hallucinated; -1 where
 *     there is no segment (B,S,3)
 * @param ends index of each segment's last token, -1 where there is no segment (B,S)
 * @param lengths of the responses in tokens (B); an end beyond is taken back to the last token
 */
public record SegmentVerdicts(NDArray classes, NDArray ends, NDArray lengths) {

    /** The types, in order. */
    public static final List<String> TYPES = List.of("existence", "attribute", "relation");

    private static final double[] VALUES = {0, 1, -1};

    public SegmentVerdicts {
        Check.rank("classes", classes, 3);
        long rows = classes.getShape().get(0);
        long segments = classes.getShape().get(1);
        Check.shape("classes", classes, rows, segments, TYPES.size());
        Check.shape("ends", ends, rows, segments);
        Check.shape("lengths", lengths, rows);
        double[] type = Tensors.toDoubles(classes);
        double[] end = Tensors.toDoubles(ends);
        double[] length = Tensors.toDoubles(lengths);
        for (int i = 0; i < type.length; i++) {
            Check.within("classes", whole("classes", type[i]), -1, 2);
            int segment = i / TYPES.size();
            if (type[i] == -1 && end[segment] >= 0) {
                throw Check.failure("classes", "a class for each segment with an end", type[i]);
            }
        }
        for (int i = 0; i < end.length; i++) {
            Check.within("ends", whole("ends", end[i]), -1, Integer.MAX_VALUE);
            int row = (int) (i / segments);
            if (end[i] >= 0 && !(whole("lengths", length[row]) >= 1)) {
                throw Check.failure("lengths", "at least 1 where there is a segment", length[row]);
            }
        }
    }

    private static double whole(String name, double number) {
        if (number != Math.rint(number) || Double.isInfinite(number)) {
            throw Check.failure(name, "whole numbers", number);
        }
        return number;
    }

    /** The value of each class for one type, by row and segment: 0, +1, -1; 0 where there is no segment. */
    double[][] values(int type) {
        double[] numbers = Tensors.toDoubles(classes);
        double[][] values = new double[(int) classes.getShape().get(0)]
                [(int) classes.getShape().get(1)];
        for (int b = 0; b < values.length; b++) {
            for (int s = 0; s < values[b].length; s++) {
                int verdict = (int) numbers[(b * values[b].length + s) * TYPES.size() + type];
                values[b][s] = verdict < 0 ? 0 : VALUES[verdict];
            }
        }
        return values;
    }

    /** The token that each segment is paid at, -1 for none; rejects one outside a width. */
    int[][] places(int tokens) {
        double[][] end = Tensors.toRows(ends);
        double[] length = Tensors.toDoubles(lengths);
        int[][] places = new int[end.length][end[0].length];
        for (int b = 0; b < places.length; b++) {
            for (int s = 0; s < places[b].length; s++) {
                places[b][s] = end[b][s] < 0 ? -1 : (int) Math.min(end[b][s], length[b] - 1);
                if (places[b][s] >= tokens) {
                    throw Check.failure("ends", "tokens in [0, " + tokens + ")", places[b][s]);
                }
            }
        }
        return places;
    }
}
