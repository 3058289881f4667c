package org.rewardlab.lab.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logs steps without end, as fast as the disk takes them: the program that tests kill in the middle of a line. */
final class LoggedRun {
    private LoggedRun() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        List<TrainingListener> logs =
                List.of(new JsonLinesLog(folder.resolve("log.jsonl")), new TensorBoardLog(folder.resolve("board")));
        logs.forEach(log -> log.started(Integer.MAX_VALUE));
        for (int step = 1; step < Integer.MAX_VALUE; step++) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            for (int i = 0; i < 200; i++) { // long lines, so that a kill may come within one
                metrics.put("metric/" + i, step / (i + 1.0));
            }
            TrainingStep done = new TrainingStep(step, Integer.MAX_VALUE, 0, metrics);
            logs.forEach(log -> log.stepped(done));
        }
    }
}
