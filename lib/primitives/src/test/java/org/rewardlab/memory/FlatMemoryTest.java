package org.rewardlab.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FlatMemoryTest {

    private static final long TWENTY_MEGABYTES = 20 * 1024;

    @Test
    @EnabledOnOs(OS.LINUX) // resident memory is read from /proc
    void tenThousandStepsOfALossWithItsGradientLeaveTheProcessAsItWas() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch", // the heap is there from the start, so that only native memory can grow
                "-XX:+UseSerialGC"));
        for (String name : List.of(
                "ai.djl.offline",
                "ai.djl.pytorch.num_threads",
                "ai.djl.pytorch.num_interop_threads",
                "ai.djl.pytorch.graph_optimizer")) {
            String value = System.getProperty(name);
            if (value != null) {
                command.add("-D" + name + "=" + value);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ManySteps.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as("exit code").isZero();
        assertThat(lines).hasSize(8);
        assertThat(lines)
                .allSatisfy(line -> assertThat(Long.parseLong(line.split("\t", -1)[1]))
                        .as("kilobytes that 10,000 steps left: %s", line)
                        .isLessThan(TWENTY_MEGABYTES));
    }
}
