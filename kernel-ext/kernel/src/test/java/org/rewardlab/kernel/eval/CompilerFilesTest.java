package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompilerFilesTest extends WithEvaluator {

    @AfterEach
    void close() {
        evaluator.close();
    }

    @Test
    void pluginsOfTheCompilerOnTheClassPathAreNotForCells(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("com.sun.source.util.Plugin"), "no.such.Plugin");
        Files.writeString(services.resolve("javax.annotation.processing.Processor"), "no.such.Processor");
        evaluator.addToClasspath(List.of(folder));
        assertThat(value("1 + 1")).isEqualTo(2);
        done("int x = 1; x++;");
        assertThat(value("x")).isEqualTo(2);
    }

    @Test
    void aClassThatLacksItsImportIsFoundInTheFirstCell() {
        assertThat(plain(failure("new GZIPInputStream(null)")))
                .contains("to import it: import java.util.zip.GZIPInputStream;");
    }
}
