package org.rewardlab.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the benchmarks, prints a line of JSON for each and a table, and writes the table to a file if asked.
 *
 * <p>Arguments, all optional: {@code --python PATH}, {@code --torch SCRIPT}, {@code --only REGEX}, {@code --rounds N},
 * {@code --out FILE}, {@code --no-growth}.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Options options = Options.of(arguments);
        Pattern only = Pattern.compile(options.get("--only", ".*"));
        List<Benchmark> chosen = Stream.of(LossWork.ALL, ScanWork.ALL, VocabularyWork.ALL)
                .flatMap(List::stream)
                .filter(benchmark -> only.matcher(benchmark.name()).find())
                .toList();
        Optional<TorchSide> torch = TorchSide.start(
                options.get("--python", "/usr/bin/python3"), options.get("--torch", "environment/bench/torch_side.py"));
        List<Comparison.Outcome> outcomes = new ArrayList<>();
        try {
            Comparison comparison = new Comparison(Integer.parseInt(options.get("--rounds", "15")), torch);
            for (Benchmark benchmark : chosen) {
                Comparison.Outcome outcome = comparison.run(benchmark);
                outcomes.add(outcome);
                System.out.println(Report.json(outcome));
            }
        } finally {
            torch.ifPresent(TorchSide::close);
        }
        Map<String, Growth> growth = options.has("--no-growth") ? Map.of() : Growth.all(only);
        String report = Report.markdown(torch.map(TorchSide::versions), outcomes, growth);
        System.out.println(report);
        String out = options.get("--out", "");
        if (!out.isEmpty()) {
            Files.writeString(Path.of(out), report);
        }
    }
}
