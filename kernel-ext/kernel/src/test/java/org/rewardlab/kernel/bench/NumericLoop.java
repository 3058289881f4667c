package org.rewardlab.kernel.bench;

/** A loop of arithmetic, once as a class that the kernel does not touch and once as the source of a cell. */
public final class NumericLoop {

    static final String SOURCE = """
            class CellLoop {
                static double run(int n) {
                    double[] x = new double[1024];
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        int k = i & 1023;
                        x[k] = x[k] * 0.5 + i;
                        sum += x[(k * 7) & 1023] > i ? 1 : 0.25;
                    }
                    return sum;
                }
            }
            """;

    private NumericLoop() {}

    public static double run(int n) {
        double[] x = new double[1024];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            int k = i & 1023;
            x[k] = x[k] * 0.5 + i;
            sum += x[(k * 7) & 1023] > i ? 1 : 0.25;
        }
        return sum;
    }
}
