package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Numbers;

/** {@link Masked#whiten} for float32 arrays on the CPU, and 0 outside the mask, a few thousand numbers at a time. */
final class FloatWhitening {

    private static final int PIECE = 4096;

    private FloatWhitening() {}

    /**
     * Counted values at mean 0 and variance 1, zeros elsewhere.
     *
     * @param counted how many the mask counts, at least two
     */
    static NDArray whiten(NDArray values, NDArray mask, long counted) {
        NDArray white = values.getManager().create(values.getShape(), values.getDataType());
        try (Numbers v = Numbers.of(values);
                Numbers m = Numbers.of(mask);
                Numbers out = Numbers.of(white)) {
            float[] some = new float[Math.min(PIECE, v.size())];
            float[] flags = new float[some.length];
            double divisor = counted + Masked.EPSILON;
            double mean = 0;
            double squares = 0;
            for (int pass = 0; pass < 3; pass++) {
                double scale = 1 / Math.sqrt(squares / divisor * counted / (counted - 1) + Masked.EPSILON);
                double sum = 0;
                for (int from = 0; from < v.size(); from += PIECE) {
                    int count = Math.min(PIECE, v.size() - from);
                    v.read(from, some, count);
                    m.read(from, flags, count);
                    if (pass == 0) {
                        sum += sum(some, flags, count);
                    } else if (pass == 1) {
                        sum += squares(some, flags, count, mean);
                    } else {
                        scale(some, flags, count, (float) mean, (float) scale);
                        out.write(from, some, count);
                    }
                }
                mean = pass == 0 ? sum / divisor : mean;
                squares = pass == 1 ? sum : squares;
            }
        }
        return white;
    }

    // Four sums at a time, since each addition waits for the one before it.

    private static double sum(float[] values, float[] mask, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int t = 0;
        for (; t < count - 3; t += 4) {
            s0 += mask[t] == 0 ? 0 : values[t];
            s1 += mask[t + 1] == 0 ? 0 : values[t + 1];
            s2 += mask[t + 2] == 0 ? 0 : values[t + 2];
            s3 += mask[t + 3] == 0 ? 0 : values[t + 3];
        }
        for (; t < count; t++) {
            s0 += mask[t] == 0 ? 0 : values[t];
        }
        return s0 + s1 + s2 + s3;
    }

    private static double squares(float[] values, float[] mask, int count, double mean) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int t = 0;
        for (; t < count - 3; t += 4) {
            double d0 = mask[t] == 0 ? 0 : values[t] - mean;
            double d1 = mask[t + 1] == 0 ? 0 : values[t + 1] - mean;
            double d2 = mask[t + 2] == 0 ? 0 : values[t + 2] - mean;
            double d3 = mask[t + 3] == 0 ? 0 : values[t + 3] - mean;
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; t < count; t++) {
            double d = mask[t] == 0 ? 0 : values[t] - mean;
            s0 += d * d;
        }
        return s0 + s1 + s2 + s3;
    }

    private static void scale(float[] values, float[] mask, int count, float mean, float scale) {
        for (int t = 0; t < count; t++) {
            values[t] = mask[t] == 0 ? 0 : (values[t] - mean) * scale;
        }
    }
}
