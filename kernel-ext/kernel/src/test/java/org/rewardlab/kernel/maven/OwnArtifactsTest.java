package org.rewardlab.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnArtifactsTest {

    @TempDir
    private Path folder;

    private String jar(String name, Map<String, String> entries) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return file.toString();
    }

    @Test
    void aJarIsKnownByItsDescriptionItsPlaceOrItsName() throws IOException {
        OwnArtifacts own = new OwnArtifacts(String.join(
                File.pathSeparator,
                jar(
                        "lib/renamed.jar",
                        Map.of("META-INF/maven/a/b/pom.properties", "groupId=a.b\nartifactId=c\nversion=1.2\n")),
                jar("repository/d/e/f/3.4/f-3.4.jar", Map.of("d/e/F.class", "")),
                jar("lib/api-0.35.1.jar", Map.of("ai/djl/ndarray/NDArray.class", "")),
                jar("lib/pytorch-engine-0.35.1-SNAPSHOT.jar", Map.of("ai/djl/pytorch/engine/PtEngine.class", ""))));

        assertThat(own.version("a.b", "c")).isEqualTo("1.2");
        assertThat(own.version("d.e", "f")).isEqualTo("3.4");
        assertThat(own.version("ai.djl", "api")).isEqualTo("0.35.1");
        assertThat(own.version("ai.djl.pytorch", "pytorch-engine")).isEqualTo("0.35.1-SNAPSHOT");
        assertThat(own.version("javax.money", "api")).as("another group").isNull();
        assertThat(own.version("ai.djl", "model-zoo")).isNull();
    }
}
