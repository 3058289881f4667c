package org.rewardlab.lab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SafetensorsWriter;
import org.rewardlab.lab.model.TransformerConfig;
import org.rewardlab.tensor.AdamW;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * Times the transformer beside the same one in PyTorch, with the same weights, and writes a table.
 *
 * <p>Arguments: the Python, or several with a comma between them, the script, the file to write, the number of rounds. A Python
 * may be followed by {@code @} and the folder that its libraries are looked for in first. Before anything is timed both sides
 * must give the same loss and the same greedy tokens.
 */
public final class ModelBenchmarks {
    private static final int VOCABULARY = 64;
    private static final int ROWS = 32;
    private static final int LENGTH = 64;
    private static final int TOKENS = 192;
    private static final int[] PROMPT = {3, 14, 15, 9, 26, 5, 35, 8};
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Script MEAN = Script.of("""
            def mean(self, logps: Tensor) -> Tensor:
              return torch.neg(torch.mean(logps))
            """);

    private ModelBenchmarks() {}

    /** Seconds by the clock and of the thread. */
    private record Timing(double wall, double cpu) {}

    private record Row(String work, String unit, double scale, double bar, List<Timing> ours, List<Timing> theirs) {
        String line() {
            double ratio = median(ours) / median(theirs);
            double clock = fastest(ours) / fastest(theirs);
            return String.format(
                    Locale.ROOT,
                    "| %s | %.3f %s | %.3f %s | %.3f (%.3f) | %.2f | %s |",
                    work,
                    median(ours) * scale,
                    unit,
                    median(theirs) * scale,
                    unit,
                    ratio,
                    clock,
                    bar,
                    ratio < bar ? "holds" : "**missed**");
        }

        private static double median(List<Timing> timings) {
            return timings.stream().mapToDouble(Timing::cpu).sorted().toArray()[timings.size() / 2];
        }

        private static double fastest(List<Timing> timings) {
            return timings.stream().mapToDouble(Timing::wall).min().orElseThrow();
        }
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = Integer.parseInt(arguments[3]);
        StringBuilder tables = new StringBuilder();
        for (String python : arguments[0].split(",")) {
            tables.append(beside(python, arguments[1], rounds));
        }
        String report = heading() + tables;
        System.out.println(report);
        Files.writeString(Path.of(arguments[2]), report);
    }

    private static String beside(String python, String script, int rounds) throws IOException {
        Path weights = Files.createTempFile("weights", ".safetensors");
        try (CausalLm model = CausalLm.create(TransformerConfig.of(VOCABULARY, 128, 4, 4, 256), 1);
                NDManager manager = NDManager.newBaseManager()) {
            new SafetensorsWriter().write(weights, model.namedWeights());
            String[] where = python.split("@", 2);
            ProcessBuilder builder = new ProcessBuilder(where[0], script, weights.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            if (where.length > 1) {
                builder.environment().put("LD_LIBRARY_PATH", where[1]);
            }
            Process process = builder.start();
            try (Torch torch = new Torch(process, process.outputWriter(), process.inputReader())) {
                JsonNode about = JSON.readTree(torch.in().readLine());
                return table(about, measure(model, manager, torch, rounds));
            }
        } finally {
            Files.delete(weights);
        }
    }

    private static List<Row> measure(CausalLm model, NDManager manager, Torch torch, int rounds) throws IOException {
        NDArray ids = ids(manager);
        double loss = loss(model, ids);
        double theirs = torch.ask("loss").path("loss").asDouble();
        require("loss", loss, theirs, Math.abs(loss - theirs) < 1e-4);
        List<Integer> greedy = IntStream.of(
                        sample(model, 1, Sampling.greedy(8)).get(0).tokens())
                .boxed()
                .toList();
        List<Integer> tokens = new ArrayList<>();
        torch.ask("greedy").path("tokens").forEach(token -> tokens.add(token.asInt()));
        require("greedy tokens", greedy, tokens, greedy.equals(tokens));
        Row step = new Row("training step, B=32, T=64", "ms", 1e3, 0.35, new ArrayList<>(), new ArrayList<>());
        Row many = new Row("a token, B=16, of 192", "us", 1e6, 0.45, new ArrayList<>(), new ArrayList<>());
        Row one = new Row("a token, B=1, of 192", "us", 1e6, 0.65, new ArrayList<>(), new ArrayList<>());
        AdamW adamW = new AdamW(1e-3);
        AdamW.Moments[] moments = {adamW.initial(model.parameters())};
        for (int round = -1; round < rounds; round++) { // the first warms up
            Timing trained = timed(
                    () -> {
                        for (int i = 0; i < 3; i++) {
                            moments[0] = train(model, ids, adamW, moments[0]);
                        }
                    },
                    3);
            Timing theirsTrained = torch.timing(3, "train 3");
            Timing sampled = timed(() -> sample(model, 16, Sampling.of(TOKENS)), 16 * TOKENS);
            Timing theirsSampled = torch.timing(16 * TOKENS, "sample 16 " + TOKENS);
            Timing single = timed(() -> sample(model, 1, Sampling.of(TOKENS)), TOKENS);
            Timing theirsSingle = torch.timing(TOKENS, "sample 1 " + TOKENS);
            if (round >= 0) {
                step.ours().add(trained);
                step.theirs().add(theirsTrained);
                many.ours().add(sampled);
                many.theirs().add(theirsSampled);
                one.ours().add(single);
                one.theirs().add(theirsSingle);
            }
        }
        moments[0].close();
        return List.of(step, many, one);
    }

    private static void require(String what, Object ours, Object theirs, boolean same) {
        if (!same) {
            throw new IllegalStateException(what + ": expected the same on both sides, got " + ours + " and " + theirs);
        }
    }

    private static NDArray ids(NDManager manager) {
        long[] ids = new long[ROWS * (LENGTH + 1)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (i * 7919L + 104729) % 10007 % VOCABULARY;
        }
        return Tensors.create(manager, ids, ROWS, LENGTH + 1);
    }

    private static double loss(CausalLm model, NDArray ids) {
        try (Scope scope = Scope.open()) {
            return Tensors.toDoubles(MEAN.call(model.logps(ids)))[0];
        }
    }

    private static AdamW.Moments train(CausalLm model, NDArray ids, AdamW adamW, AdamW.Moments moments) {
        try (Scope scope = Scope.open()) {
            NDArray loss = Gradients.record(() -> MEAN.call(model.logps(ids)));
            Gradients.backward(loss);
            AdamW.Moments next = adamW.step(model.parameters(), moments);
            model.parameters().forEach(Gradients::zero);
            if (!Double.isFinite(Tensors.toDoubles(loss)[0])) {
                throw new IllegalStateException("loss: expected a number, got " + loss);
            }
            return next;
        }
    }

    private static List<Completion> sample(CausalLm model, int rows, Sampling sampling) {
        return Sampler.sample(model, Collections.nCopies(rows, PROMPT), sampling, 5);
    }

    private static Timing timed(Runnable work, int units) {
        long wall = System.nanoTime();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        return new Timing((System.nanoTime() - wall) / 1e9 / units, spent / 1e9 / units);
    }

    private record Torch(Process process, BufferedWriter out, BufferedReader in) implements AutoCloseable {
        JsonNode ask(String command) throws IOException {
            out.write(command + "\n");
            out.flush();
            String line = in.readLine();
            if (line == null) {
                throw new IOException("the PyTorch side ended at: " + command);
            }
            return JSON.readTree(line);
        }

        Timing timing(int units, String command) throws IOException {
            JsonNode answer = ask(command);
            return new Timing(
                    answer.path("wall").asDouble() / units, answer.path("cpu").asDouble() / units);
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    private static String heading() {
        return """
                # The transformer beside PyTorch

                4 layers of width 128 with 4 heads and a vocabulary of 64, the same weights on both sides, float32, one thread.
                Before anything is timed both give the same loss and the same greedy tokens. Medians of the thread's own time
                over interleaved blocks, so that a busy machine counts little; in brackets the ratio by the clock, best block against
                best block. Below 1 we are faster. Made anew by `environment/rewardlab bench`.

                A token is drawn in a Python loop with a cache that is allocated once. Where that PyTorch has them, the other side
                uses fused attention, fused RMSNorm and the fused AdamW. A training step of this size is matrix products for the most
                part, so that its ratio is that of two matrix libraries, and each table says which one the other side has: Debian's
                PyTorch comes with BLAS's reference, which is many times slower than OpenBLAS. Sampling is where calls count.

                """
                + "Java " + System.getProperty("java.version") + ", DJL 0.35.1 with PyTorch 2.7.1, "
                + System.getProperty("os.arch") + ".\n";
    }

    private static String table(JsonNode about, List<Row> rows) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "\n## Against PyTorch %s, matrices at %d GFLOP/s\n\nPython %s, matrices by %s; load average %.1f on %d processors at the end.\n\n",
                about.path("torch").asText(),
                about.path("gflops").asInt(),
                about.path("python").asText(),
                about.path("blas").asText(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.getRuntime().availableProcessors()));
        text.append("| work | ours | PyTorch | ratio | to stay below | |\n|---|--:|--:|--:|--:|---|\n");
        rows.forEach(row -> text.append(row.line()).append('\n'));
        return text.toString();
    }
}
