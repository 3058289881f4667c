package org.rewardlab.kernel.bench;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rewardlab.kernel.protocol.KernelProcess;
import org.rewardlab.kernel.protocol.TestClient;
import org.rewardlab.kernel.protocol.TestClient.Answer;

/**
 * Measures a kernel process over its sockets: wall time, and the processor time of the kernel, which says more on a busy
 * machine. Arguments are options of the kernel's virtual machine.
 */
public final class KernelBench {

    private static final JsonObject NOTHING = new JsonObject();

    private final Map<String, String> figures = new LinkedHashMap<>();
    private final ProcessHandle process;
    private final TestClient client;

    private KernelBench(ProcessHandle process, TestClient client) {
        this.process = process;
        this.client = client;
    }

    public static void main(String[] options) throws Exception {
        long start = System.nanoTime();
        try (KernelProcess kernel = new KernelProcess(options);
                TestClient client = new TestClient(kernel.connection())) {
            KernelBench bench = new KernelBench(kernel.handle(), client);
            // The reply alone: a subscription may come too late for what is broadcast first.
            String unused = client.start("kernel_info_request", NOTHING);
            if (client.shellReply(60_000) == null) {
                throw new IllegalStateException("the kernel does not answer");
            }
            bench.figure("start to kernel_info", start);
            client.execute("1 + 1");
            bench.figure("start to first result", start);
            bench.run();
        }
    }

    private void figure(String name, long start) {
        say(name, String.format(Locale.ROOT, "%.2f s, cpu %.2f s", (System.nanoTime() - start) / 1e9, cpu()));
    }

    private void say(String name, String value) {
        figures.put(name, value);
        System.out.printf("%-28s %s%n", name, value);
    }

    private double cpu() {
        return process.info().totalCpuDuration().map(d -> d.toMillis() / 1e3).orElse(Double.NaN);
    }

    private void run() throws Exception {
        median("1+1", 50, () -> client.execute("1 + 1"));
        time("30 queued", this::queued);
        StringBuilder statements = new StringBuilder();
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            statements.append("int v").append(i).append(" = ").append(i).append(";\n");
            plain.append("v").append(i).append(" += 1;\n");
        }
        time("50 declarations", () -> client.execute(statements.toString()));
        time("50 plain statements", () -> client.execute(plain.toString()));
        time("10,000 println", () -> lines());
        client.execute("String text = \"abc\";");
        JsonObject completion = new JsonObject();
        completion.addProperty("code", "text.ch");
        completion.addProperty("cursor_pos", 7);
        median("completion", 40, () -> client.request("complete_request", completion));
        loops();
        lateAndEarly();
        stops();
        say("resident memory", memory());
    }

    private Answer lines() {
        Answer answer = client.execute("for (int i = 0; i < 10000; i++) System.out.println(i);");
        say(
                "lines and messages",
                answer.text("stdout").lines().count() + " in "
                        + answer.published().size());
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

    private void time(String name, Callable<?> work) throws Exception {
        double cpu = cpu();
        long start = System.nanoTime();
        Object unused = work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        say(name, String.format(Locale.ROOT, "%.3f s, cpu %.3f s", seconds, cpu() - cpu));
    }

    private void median(String name, int times, Callable<?> work) throws Exception {
        double[] millis = new double[times];
        double cpu = cpu();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            Object unused = work.call();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        double perCall = (cpu() - cpu) * 1e3 / times;
        Arrays.sort(millis);
        say(name, String.format(Locale.ROOT, "median %.1f ms, cpu %.1f ms each", millis[times / 2], perCall));
    }

    /** The same loop in a cell's class, with stop checks, and in a class of the class path, without. */
    private void loops() {
        client.execute(NumericLoop.SOURCE);
        String cell = best("CellLoop.run(20_000_000)");
        String plain = best(NumericLoop.class.getName() + ".run(20_000_000)");
        say("numeric loop", "with checks " + cell + " ms, without " + plain + " ms");
    }

    private String best(String call) {
        Answer answer = client.execute("long best = Long.MAX_VALUE; double sum = 0;\n"
                + "for (int i = 0; i < 12; i++) { long t = System.nanoTime(); sum += " + call
                + "; best = Math.min(best, System.nanoTime() - t); }\n(best / 100000) / 10.0");
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
        say("late / early cell", String.format(Locale.ROOT, "%.2f (%.1f ms)", late / early, early));
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
        int stopped = 0;
        double slowest = 0;
        for (String loop : loops) {
            String id = client.start("execute_request", code(loop));
            Thread.sleep(600);
            long start = System.nanoTime();
            client.controlRequest("interrupt_request", NOTHING);
            client.await(id);
            double millis = (System.nanoTime() - start) / 1e6;
            slowest = Math.max(slowest, millis);
            Thread.sleep(300);
            double cpu = cpu();
            Thread.sleep(500);
            stopped += millis < 1000 && cpu() - cpu < 0.25 ? 1 : 0;
        }
        say(
                "endless loops stopped",
                stopped + " of " + loops.length + String.format(Locale.ROOT, ", slowest %.0f ms", slowest));
    }

    private String memory() {
        try {
            for (String line :
                    java.nio.file.Files.readAllLines(java.nio.file.Path.of("/proc/" + process.pid() + "/status"))) {
                if (line.startsWith("VmRSS")) {
                    return line.substring(6).strip();
                }
            }
        } catch (java.io.IOException e) {
            return "unknown: " + e.getMessage();
        }
        return "unknown";
    }
}
