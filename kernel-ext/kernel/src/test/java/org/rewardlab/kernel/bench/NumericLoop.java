package org.rewardlab.kernel.bench;

/** A loop of arithmetic as the source of a cell, and the same compiled beside the cells, which gets no stop checks. */
final class NumericLoop {

    private static final String BODY = """
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
            """;

    /** A cell with the loop as {@code CellLoop.run}, and a method that compares the two on one thread by its own time. */
    static final String SOURCE = "class CellLoop {\n" + BODY + "}\n" + """
            import java.util.function.IntToDoubleFunction;
            class PairedLoops {
                static IntToDoubleFunction plain() throws Exception {
                    java.nio.file.Path folder = java.nio.file.Files.createTempDirectory("loop");
                    java.nio.file.Path file = folder.resolve("PlainLoop.java");
                    java.nio.file.Files.writeString(file, "public class PlainLoop implements java.util.function.IntToDoubleFunction {"
                        + "public double applyAsDouble(int n) { return run(n); }" + %s + "}");
                    javax.tools.ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), file.toString());
                    ClassLoader loader = new java.net.URLClassLoader(new java.net.URL[] {folder.toUri().toURL()}, null);
                    return (IntToDoubleFunction) loader.loadClass("PlainLoop").getConstructor().newInstance();
                }
                static double ratio(IntToDoubleFunction checked) throws Exception {
                    IntToDoubleFunction plain = plain();
                    var threads = java.lang.management.ManagementFactory.getThreadMXBean();
                    double[] with = new double[40];
                    double[] without = new double[40];
                    for (int i = -20; i < with.length; i++) {
                        long start = threads.getCurrentThreadCpuTime();
                        if (checked.applyAsDouble(2_000_000) < 0) throw new IllegalStateException();
                        long middle = threads.getCurrentThreadCpuTime();
                        if (plain.applyAsDouble(2_000_000) < 0) throw new IllegalStateException();
                        if (i >= 0) {
                            with[i] = middle - start;
                            without[i] = threads.getCurrentThreadCpuTime() - middle;
                        }
                    }
                    Arrays.sort(with);
                    Arrays.sort(without);
                    return with[with.length / 2] / without[without.length / 2];
                }
            }
            """.formatted(literal(BODY));

    private NumericLoop() {}

    private static String literal(String text) {
        return "\"" + text.replace("\n", " ") + "\"";
    }
}
