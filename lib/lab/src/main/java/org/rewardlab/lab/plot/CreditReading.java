package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/** The credit of an episode's parts, read from the token credit (B,T) of a batch. */
final class CreditReading {
    private final CreditScene scene;
    private final double[][] credit;
    private final double[][] mask;

    private CreditReading(CreditScene scene, NDArray credit, Rollouts rollouts) {
        Check.sameShape("credit", credit, "rewards", rollouts.rewards());
        this.scene = scene;
        this.credit = Tensors.toRows(credit);
        this.mask = Tensors.toRows(rollouts.mask());
    }

    /** Rewards: a part of several tokens gets their sum. */
    static List<Double> sums(CreditScene scene, NDArray credit, Rollouts rollouts, int row) {
        return new CreditReading(scene, credit, rollouts).read(rollouts, row, true);
    }

    /** Advantages: a part of several tokens gets their mean. */
    static List<Double> means(CreditScene scene, NDArray credit, Rollouts rollouts, int row) {
        return new CreditReading(scene, credit, rollouts).read(rollouts, row, false);
    }

    private List<Double> read(Rollouts rollouts, int row, boolean sum) {
        if (row < 0 || row >= credit.length) {
            throw new IllegalArgumentException("row: expected 0 to " + (credit.length - 1) + ", got " + row);
        }
        NDArray numbering = scene.numbering(rollouts);
        if (numbering == null) {
            return inOrder(row);
        }
        IntStream rows = scene.wholeBatch() ? IntStream.range(0, credit.length) : IntStream.of(row);
        return byNumber(Tensors.toRows(numbering), rows.toArray(), sum);
    }

    private List<Double> inOrder(int row) {
        int parts = scene.parts().size();
        if (credit[row].length < parts) {
            throw new IllegalArgumentException("rollouts: expected at least " + parts + " positions, one for each "
                    + scene.part() + ", got " + credit[row].length);
        }
        List<Double> read = new ArrayList<>();
        for (int t = 0; t < credit[row].length; t++) {
            if (t < parts) {
                read.add(mask[row][t] == 0 ? Double.NaN : credit[row][t]);
            } else if (mask[row][t] != 0) {
                throw new IllegalArgumentException("rollouts: expected nothing counted in row " + row + " after its "
                        + parts + " " + scene.part() + "s, got a mask of " + mask[row][t] + " at position " + t);
            }
        }
        return read;
    }

    private List<Double> byNumber(double[][] numbers, int[] rows, boolean sum) {
        int parts = scene.parts().size();
        double[] total = new double[parts];
        int[] seen = new int[parts];
        for (int row : rows) {
            double[] here = new double[parts];
            int[] tokens = new int[parts];
            for (int t = 0; t < credit[row].length; t++) {
                if (mask[row][t] == 0 || numbers[row][t] < 0) {
                    continue;
                }
                int part = (int) numbers[row][t];
                if (part >= parts) {
                    throw new IllegalArgumentException("rollouts: expected numbers below " + parts + ", the "
                            + scene.part() + "s shown, got " + part + " in row " + row);
                }
                here[part] += credit[row][t];
                tokens[part]++;
            }
            for (int part = 0; part < parts; part++) {
                if (tokens[part] > 0) {
                    total[part] += sum ? here[part] : here[part] / tokens[part];
                    seen[part]++;
                }
            }
        }
        Double[] read = new Double[parts];
        Arrays.setAll(read, part -> seen[part] == 0 ? Double.NaN : total[part] / seen[part]);
        return Collections.unmodifiableList(Arrays.asList(read));
    }
}
