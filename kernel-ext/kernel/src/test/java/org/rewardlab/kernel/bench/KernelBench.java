package org.rewardlab.kernel.bench;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.rewardlab.kernel.protocol.KernelProcess;
import org.rewardlab.kernel.protocol.TestClient;
import org.rewardlab.kernel.protocol.TestClient.Answer;

/**
 * Measures an installed kernel over its sockets, in several processes one after another: wall time, and the processor time
 * of the kernel, which says more on a busy machine. Arguments: the file of start arguments that the installation wrote, the
 * number of rounds, the file to write ({@code -} for none), further options of the virtual machine.
 */
public final class KernelBench {

    private static final JsonObject NOTHING = new JsonObject();

    private final Figures figures;
    private final ProcessHandle process;
    private final TestClient client;

    private KernelBench(Figures figures, ProcessHandle process, TestClient client) {
        this.figures = figures;
        this.process = process;
        this.client = client;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> options = new ArrayList<>(List.of("@" + arguments[0], "-Drewardlab.bench=kernel"));
        options.addAll(Arrays.asList(arguments).subList(3, arguments.length));
        Figures figures = new Figures();
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            System.out.println("round " + (round + 1));
            round(figures, options);
        }
        if (!arguments[2].equals("-")) {
            Files.writeString(Path.of(arguments[2]), document(figures));
        }
    }

    private static String document(Figures figures) {
        return """
                # The kernel by the clock

                The installed kernel with its workbench, measured over its sockets in fresh processes. Processor time is that of
                the whole kernel process, its compiler and collector included, and counts where a machine is busy. Made anew by
                `environment/rewardlab bench --kernel`.

                Java %s, %d processors, load %.0f when this was measured.

                %s""".formatted(
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        figures.table());
    }

    private static void round(Figures figures, List<String> options) throws Exception {
        long start = System.nanoTime();
        try (KernelProcess kernel = KernelProcess.withClassPathAmong(options);
                TestClient client = new TestClient(kernel.connection())) {
            KernelBench bench = new KernelBench(figures, kernel.handle(), client);
            // The reply alone: a subscription may come too late for what is broadcast first.
            String unused = client.start("kernel_info_request", NOTHING);
            if (client.shellReply(60_000) == null) {
                throw new IllegalStateException("the kernel does not answer");
            }
            bench.since("start to kernel_info", start);
            client.execute("1 + 1");
            bench.since("start to first result", start);
            figures.add("memory after the first cell", "MB resident", bench.memory(), 191);
            bench.cells();
            bench.work();
            bench.stops();
            figures.add("memory at the end", "MB resident", bench.memory());
        }
    }

    private void since(String name, long start) {
        figures.add(name, "s", (System.nanoTime() - start) / 1e9);
        figures.add(name + ", processor", "s", cpu());
    }

    private double cpu() {
        return process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(Double.NaN);
    }

    private void cells() throws Exception {
        each("1 + 1", 50, () -> client.execute("1 + 1"));
        once("30 cells queued at once", this::queued);
        StringBuilder statements = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            statements.append("int v").append(i).append(" = ").append(i).append(";\n");
            plain.append("v").append(i).append(" += 1;\n");
        }
        once("cell of 50 declarations", () -> client.execute(statements.toString()));
        once("cell of 50 plain statements", () -> client.execute(plain.toString()));
        once("10,000 println", this::lines);
        client.execute("String text = \"abc\";");
        JsonObject completion = new JsonObject();
        completion.addProperty("code", "text.ch");
        completion.addProperty("cursor_pos", 7);
        each("completion", 40, () -> client.request("complete_request", completion));
        lateAndEarly();
    }

    private Answer lines() {
        Answer answer = client.execute("for (int i = 0; i < 10000; i++) System.out.println(i);");
        if (answer.text("stdout").lines().count() != 10_000) {
            throw new IllegalStateException("lines were lost");
        }
        figures.add("messages for 10,000 lines", "", answer.published().size(), 500);
        return answer;
    }

    private Answer queued() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add(client.start("execute_request", code("1 + " + i)));
        }
        Answer last = client.await(ids.get(0));
        for (String id : ids.subList(1, ids.size())) {
            last = client.await(id);
        }
        return last;
    }

    private static JsonObject code(String code) {
        JsonObject content = new JsonObject();
        content.addProperty("code", code);
        return content;
    }

    private void once(String name, Callable<?> work) throws Exception {
        each(name, 1, work);
    }

    private void each(String name, int times, Callable<?> work) throws Exception {
        double[] millis = new double[times];
        double cpu = cpu();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            Object unused = work.call();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        figures.add(name, times == 1 ? "ms" : "ms, median of " + times, middle(millis));
        figures.add(name + ", processor", times == 1 ? "ms" : "ms each", (cpu() - cpu) * 1e3 / times);
    }

    /** What cells compute: the same loop with stop checks and without, garbage, streams, tensors. */
    private void work() throws Exception {
        succeeds(NumericLoop.SOURCE);
        double ratio = Double.parseDouble(number(succeeds("PairedLoops.ratio(n -> CellLoop.run(n))")));
        figures.add("numeric loop with stop checks to without", "times", ratio, 1.15);
        once("boxed numbers in a map", () -> succeeds("""
                var boxes = new HashMap<Integer, Double>();
                for (int k = 0; k < 40; k++) for (int i = 0; i < 100_000; i++) boxes.merge(i, 1.5 * k, Double::sum);
                boxes.size()"""));
        once("arrays made and dropped", () -> succeeds("""
                double total = 0;
                for (int i = 0; i < 20_000; i++) { double[] row = new double[4096]; row[i % 4096] = i; total += row[7]; }
                total"""));
        once(
                "parallel stream",
                () -> succeeds("IntStream.range(0, 20_000_000).parallel().mapToDouble(i -> Math.sqrt(i)).sum()"));
        once("2,000 tensor operations", () -> succeeds("""
                NDArray x = ones(64, 64);
                for (int i = 0; i < 1000; i++) x = x.mul(0.5f).add(1f);
                x.sum()"""));
    }

    private Answer succeeds(String code) {
        Answer answer = client.execute(code);
        if (!answer.reply().text("status").equals("ok")) {
            throw new IllegalStateException(code + ": " + answer.reply().content());
        }
        return answer;
    }

    private static String number(Answer answer) {
        return answer.first("execute_result")
                .content()
                .getAsJsonObject("data")
                .get("text/plain")
                .getAsString();
    }

    private void lateAndEarly() {
        double[] millis = new double[200];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            client.execute("int w" + i + " = " + i + "; w" + i + " + 1");
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double early = middle(Arrays.copyOfRange(millis, 0, 20));
        double late = middle(Arrays.copyOfRange(millis, 180, 200));
        figures.add("late to early cell of 200", "times", late / early, 1.3);
    }

    private static double middle(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private void stops() throws InterruptedException {
        client.execute("void spin() { while (true) { } }");
        String[] loops = {
            "while (true);",
            "for (int i = 0; ; i++) { if (i < 0) i = 0; }",
            "spin();",
            "Runnable r = () -> { while (true) { } }; r.run();",
            "while (true) { try { Thread.sleep(5); } catch (Exception e) { } }",
            "while (true) { try { spin(); } catch (Throwable t) { } }",
            "IntStream.range(0, 4).parallel().forEach(i -> { while (true) { } });",
            "Thread t = new Thread(() -> { while (true) { } }); t.start(); t.join();",
            "new Object() { int f(int n) { while (n != 7) { n += 2; } return n; } }.f(0);",
            "Object o = new Object(); synchronized (o) { o.wait(); }",
            "long n = 1; do { n = n * 31 + 7; } while (n != 0 || n == 0);",
        };
        int running = 0;
        double slowest = 0;
        for (String loop : loops) {
            String id = client.start("execute_request", code(loop));
            Thread.sleep(600);
            long start = System.nanoTime();
            client.controlRequest("interrupt_request", NOTHING);
            client.await(id);
            slowest = Math.max(slowest, (System.nanoTime() - start) / 1e6);
            Thread.sleep(300);
            double cpu = cpu();
            Thread.sleep(500);
            running += cpu() - cpu < 0.25 ? 0 : 1;
        }
        figures.add("endless loops of 11 that run on", "", running, 0);
        figures.add("slowest stop of an endless loop", "ms", slowest, 1000);
    }

    private double memory() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmRSS")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
            }
        }
        return Double.NaN;
    }
}
