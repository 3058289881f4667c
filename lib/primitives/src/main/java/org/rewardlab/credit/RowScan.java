package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.rewardlab.tensor.Numbers;

/** Runs a plain loop over each row of some matrices, a few thousand tokens at a time, so that it stays in the cache. */
final class RowScan {

    private static final int TOKENS = 4096;

    /** What happens to one row, which lies at [start, end) of every array. */
    @FunctionalInterface
    interface Row {
        void scan(double[][] in, double[][] out, int start, int end);
    }

    private RowScan() {}

    /** Matrices of the shape and type of the first input, filled row by row. */
    static NDArray[] over(int results, Row row, NDArray... inputs) {
        NDArray first = inputs[0];
        Shape shape = first.getShape();
        NDArray[] outputs = new NDArray[results];
        for (int i = 0; i < results; i++) {
            outputs[i] = first.getManager().create(shape, first.getDataType());
        }
        int rows = (int) shape.get(0);
        int tokens = (int) shape.get(1);
        int rowsAtOnce = Math.max(1, Math.min(rows, TOKENS / Math.max(tokens, 1)));
        Numbers[] open = new Numbers[inputs.length + results];
        int opened = 0;
        try {
            for (; opened < open.length; opened++) {
                open[opened] = Numbers.of(opened < inputs.length ? inputs[opened] : outputs[opened - inputs.length]);
            }
            double[][] in = new double[inputs.length][rowsAtOnce * tokens];
            double[][] out = new double[results][rowsAtOnce * tokens];
            for (int b = 0; b < rows; b += rowsAtOnce) {
                int count = Math.min(rowsAtOnce, rows - b) * tokens;
                for (int i = 0; i < in.length; i++) {
                    open[i].read(b * tokens, in[i], count);
                }
                for (int start = 0; start < count; start += tokens) {
                    row.scan(in, out, start, start + tokens);
                }
                for (int i = 0; i < results; i++) {
                    open[in.length + i].write(b * tokens, out[i], count);
                }
            }
        } finally {
            while (opened > 0) {
                open[--opened].close();
            }
        }
        return outputs;
    }
}
