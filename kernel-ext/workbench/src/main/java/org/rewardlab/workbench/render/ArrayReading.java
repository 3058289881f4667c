package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Tensors;

/** Reads the few numbers of an array that are shown; never the whole of a large one. */
final class ArrayReading {

    /** Rows of a heat map, and columns. */
    static final int PIXELS = 48;

    private ArrayReading() {}

    static NumberFormatting.Kind kind(NDArray array) {
        DataType type = array.getDataType();
        if (type == DataType.BOOLEAN) {
            return NumberFormatting.Kind.TRUTH;
        }
        return type.isFloating() ? NumberFormatting.Kind.REAL : NumberFormatting.Kind.WHOLE;
    }

    /** The visible part of a vector or a matrix. */
    static NumberGrid grid(NDArray array) {
        boolean vector = array.getShape().dimension() == 1;
        long rows = vector ? 1 : array.getShape().get(0);
        long columns = array.getShape().get(vector ? 0 : 1);
        long[] atRows = NumberGrid.places(rows, 6, 4);
        long[] atColumns = vector ? NumberGrid.places(columns, 8, 4) : NumberGrid.places(columns, 7, 3);
        double[][] values = new double[atRows.length][atColumns.length];
        for (Run row : Run.of(atRows)) {
            for (Run column : Run.of(atColumns)) {
                String span = column.from() + ":" + column.to();
                NDArray part = array.get(new NDIndex(vector ? span : row.from() + ":" + row.to() + "," + span));
                double[] numbers = numbers(part);
                for (int i = 0; i < numbers.length; i++) {
                    values[row.at() + i / column.length()][column.at() + i % column.length()] = numbers[i];
                }
            }
        }
        return vector
                ? NumberGrid.vector(columns, atColumns, values[0], kind(array))
                : NumberGrid.matrix(rows, columns, atRows, atColumns, values, kind(array));
    }

    /** Every n-th number of a matrix, at most {@link #PIXELS} in each direction. */
    static double[][] sample(NDArray matrix) {
        long rows = matrix.getShape().get(0);
        long columns = matrix.getShape().get(1);
        long down = (rows + PIXELS - 1) / PIXELS;
        long across = (columns + PIXELS - 1) / PIXELS;
        double[] numbers = numbers(matrix.get(new NDIndex("0:" + rows + ":" + down + ",0:" + columns + ":" + across)));
        int height = (int) ((rows + down - 1) / down);
        int width = (int) ((columns + across - 1) / across);
        double[][] sample = new double[height][width];
        for (int i = 0; i < numbers.length; i++) {
            sample[i / width][i % width] = numbers[i];
        }
        return sample;
    }

    /** Every n-th number of a vector, at most {@code most}. */
    static double[] sample(NDArray vector, int most) {
        long count = vector.getShape().get(0);
        long step = (count + most - 1) / most;
        return numbers(vector.get(new NDIndex("0:" + count + ":" + step)));
    }

    static double[] numbers(NDArray array) {
        return Tensors.toDoubles(
                array.getDataType() == DataType.FLOAT16 ? array.toType(DataType.FLOAT32, false) : array);
    }

    /** Neighbouring places: from, up to and without to, and where they stand among the visible ones. */
    private record Run(long from, long to, int at) {

        int length() {
            return (int) (to - from);
        }

        static List<Run> of(long[] places) {
            List<Run> runs = new ArrayList<>();
            int start = 0;
            for (int i = 1; i <= places.length; i++) {
                if (i == places.length || places[i] != places[i - 1] + 1) {
                    runs.add(new Run(places[start], places[i - 1] + 1, start));
                    start = i;
                }
            }
            return runs;
        }
    }
}
