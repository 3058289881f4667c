package org.rewardlab.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    private Path folder;

    @Test
    void variablesOfIJavaAndJJavaAreReadAndOursWin() throws Exception {
        Files.writeString(folder.resolve("one.jar"), "");
        Files.writeString(folder.resolve("start.jsh"), "int a;");
        SessionSettings settings = new Environment(Map.of(
                        "IJAVA_CLASSPATH", folder + "/*.jar" + File.pathSeparator + folder,
                        "IJAVA_COMPILER_OPTS", "-Xlint:all \"-Akey=a b\"",
                        "IJAVA_STARTUP_SCRIPTS_PATH", folder + "/*.jsh",
                        "IJAVA_STARTUP_SCRIPT", "int b;",
                        "IJAVA_TIMEOUT", "30 SECONDS",
                        "JJAVA_TIMEOUT", "2 MINUTES",
                        "REWARDLAB_STARTUP_SCRIPT", "int c;"))
                .read();
        assertThat(settings.classPath()).hasSize(2);
        assertThat(settings.compilerOptions()).containsExactly("-Xlint:all", "-Akey=a b");
        assertThat(settings.startupScripts()).hasSize(1);
        assertThat(settings.startupScript()).isEqualTo("int c;");
        assertThat(settings.timeout()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void timesHaveUnits() {
        assertThat(Environment.timeout("250")).isEqualTo(Duration.ofMillis(250));
        assertThat(Environment.timeout("-1")).isNull();
        assertThat(Environment.timeout("0")).isNull();
        assertThat(Environment.timeout(" 1 hours ")).isEqualTo(Duration.ofHours(1));
        assertThat(Environment.timeout("1500 MICROSECONDS")).isEqualTo(Duration.ofNanos(1_500_000));
        assertThat(Environment.timeout("2 nanoseconds")).isEqualTo(Duration.ofNanos(2));
        assertThatThrownBy(() -> Environment.timeout("soon")).hasMessageContaining("30 SECONDS");
    }
}
