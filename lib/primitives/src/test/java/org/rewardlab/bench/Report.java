package org.rewardlab.bench;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, for people and for programs. */
final class Report {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Bytes of an array of the size of the logits. */
    private static final long FULL = 8L * 256 * 32_000 * 4;

    private Report() {}

    static String json(Comparison.Outcome outcome) {
        ObjectNode line = JSON.createObjectNode();
        line.put("benchmark", outcome.benchmark().name());
        line.put("ours_cpu", outcome.ours().cpu());
        line.put("ours_wall", outcome.ours().wall());
        outcome.theirs().forEach((variant, timing) -> {
            ObjectNode theirs = line.withObjectProperty("torch").putObject(variant);
            theirs.put("cpu", timing.cpu());
            theirs.put("wall", timing.wall());
            theirs.put("ratio", outcome.ours().cpu() / timing.cpu());
        });
        return line.toString();
    }

    static String markdown(Optional<String> torch, List<Comparison.Outcome> outcomes, Map<String, Growth> growth) {
        StringBuilder text = new StringBuilder();
        text.append("# Side by side with PyTorch\n\n");
        text.append(
                "Time of one call on one thread, value checks and metrics of ours included: medians of the thread's own\n");
        text.append(
                "time over interleaved blocks, so that a busy machine does not count. Below 1 we are faster. In brackets the\n");
        text.append(
                "ratio by the clock, best block against best block. Made anew by `environment/rewardlab bench`.\n\n");
        text.append(
                "Of losses, `loss and metrics` is the same work: value, gradient and the diagnostics that ours returns. `loss`\n");
        text.append("leaves the diagnostics out on the other side alone.\n\n");
        text.append("Java ")
                .append(System.getProperty("java.version"))
                .append(", DJL ")
                .append(Engine.getDjlVersion());
        text.append(" with PyTorch ").append(Engine.getInstance().getVersion()).append("; against ");
        text.append(torch.orElse("nothing, for there is no Python with torch here"))
                .append(". ");
        text.append(System.getProperty("os.arch")).append(".\n\n");
        text.append(
                "| work | ours, us | PyTorch | theirs, us | ratio | to stay below | |\n|---|--:|---|--:|--:|--:|---|\n");
        outcomes.forEach(outcome -> append(text, outcome));
        if (outcomes.stream().anyMatch(outcome -> outcome.extraBytes().isPresent())) {
            text.append(
                            "\n## Memory beside the inputs\n\nThe most that the process grew by during one call, result included, against the ")
                    .append(FULL / 1_000_000)
                    .append(" MB of a full log-softmax.\n\n| work | MB |\n|---|--:|\n");
            outcomes.forEach(outcome -> outcome.extraBytes()
                    .ifPresent(bytes -> text.append(String.format(
                            Locale.ROOT, "| %s | %.0f |%n", outcome.benchmark().title(), bytes / 1e6))));
        }
        if (!growth.isEmpty()) {
            text.append(
                    "\n## Cost over tokens\n\nMilliseconds of a call, and the slope of log cost over log tokens (linear is 1). From some million tokens on, fresh memory\nfrom the system costs as much as the work.\n\n");
            text.append(
                    "| work | 1e3 | 1e4 | 1e5 | 1e6 | 1e7 | slope | to stay below | |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
            growth.forEach((name, measured) -> {
                text.append("| ").append(name);
                measured.seconds()
                        .forEach(seconds -> text.append(String.format(Locale.ROOT, " | %.3f", 1e3 * seconds)));
                text.append(String.format(
                        Locale.ROOT,
                        " | %.2f | 1.1 | %s |%n",
                        measured.slope(),
                        measured.slope() < 1.1 ? "holds" : "**misses**"));
            });
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Comparison.Outcome outcome) {
        Timing ours = outcome.ours();
        String best = fastest(outcome);
        if (outcome.theirs().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | | | | | |%n",
                    outcome.benchmark().title(),
                    1e6 * ours.cpu()));
        }
        outcome.theirs().forEach((variant, theirs) -> {
            Double bar = outcome.benchmark().bars().get(variant);
            if (bar == null && variant.equals(best)) {
                bar = outcome.benchmark().bars().get(Benchmark.BEST);
            }
            double ratio = ours.cpu() / theirs.cpu();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %s | %.1f | %.3f (%.3f) | %s | %s |%n",
                    outcome.benchmark().title(),
                    1e6 * ours.cpu(),
                    variant,
                    1e6 * theirs.cpu(),
                    ratio,
                    ours.wall() / theirs.wall(),
                    bar == null ? "" : bar.toString(),
                    bar == null ? "" : ratio <= bar ? "holds" : "**misses**"));
        });
    }

    private static String fastest(Comparison.Outcome outcome) {
        return outcome.theirs().entrySet().stream()
                .filter(entry -> !outcome.benchmark().bars().containsKey(entry.getKey()))
                .min(java.util.Comparator.comparingDouble(
                        entry -> entry.getValue().cpu()))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
