package org.rewardlab.kernel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenResolverTest {

    private static final String HEAD = "<project><modelVersion>4.0.0</modelVersion>";
    private static final String BASE =
            "<dependency><groupId>test</groupId><artifactId>base</artifactId><version>1.0</version><scope>provided</scope></dependency>";

    @TempDir
    private Path folder;

    private Path remote;

    @BeforeEach
    void publish() throws IOException {
        System.setProperty("maven.repo.local", folder.resolve("local").toString());
        remote = folder.resolve("remote");
        artifact("base", "1.0", "");
        artifact(
                "middle",
                "2.0",
                "<dependencies><dependency><groupId>test</groupId><artifactId>base</artifactId><version>1.0</version></dependency>"
                        + "<dependency><groupId>com.google.code.gson</groupId><artifactId>gson</artifactId><version>2.8.9</version></dependency>"
                        + "</dependencies>");
    }

    @AfterEach
    void restore() {
        System.clearProperty("maven.repo.local");
    }

    private void artifact(String name, String version, String more) throws IOException {
        Path at = Files.createDirectories(remote.resolve("test/" + name + "/" + version));
        Files.writeString(
                at.resolve(name + "-" + version + ".pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>" + name
                        + "</artifactId><version>" + version + "</version>" + more + "</project>");
        try (OutputStream file = Files.newOutputStream(at.resolve(name + "-" + version + ".jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new ZipEntry(name + ".txt"));
        }
        sign(at);
        if (name.equals("middle")) {
            Path gson = Files.createDirectories(remote.resolve("com/google/code/gson/gson/2.8.9"));
            Files.writeString(
                    gson.resolve("gson-2.8.9.pom"),
                    "<project><modelVersion>4.0.0</modelVersion><groupId>com.google.code.gson</groupId><artifactId>gson</artifactId><version>2.8.9</version></project>");
            Files.write(gson.resolve("gson-2.8.9.jar"), new byte[0]);
            sign(gson);
        }
    }

    /** A repository has a checksum beside each file. */
    private static void sign(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                byte[] digest = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file));
                Files.writeString(Path.of(file + ".sha1"), HexFormat.of().formatHex(digest));
            }
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private MavenResolver resolver() {
        MavenResolver resolver = new MavenResolver();
        resolver.addRepository("central", remote.toUri().toString());
        return resolver;
    }

    @Test
    void whatAnArtifactNeedsIsFoundAndWhatTheKernelHasWins() {
        Added added = resolver().resolve(List.of("test:middle:2.0"));
        assertThat(added.names()).containsExactlyInAnyOrder("middle-2.0", "base-1.0");
        assertThat(added.files()).allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void askingForAnotherVersionOfWhatTheKernelHasIsAnswered() {
        Added added = resolver().resolve(List.of("com.google.code.gson:gson:2.8.9"));
        assertThat(added.files()).isEmpty();
        assertThat(added.notes()).singleElement().asString().contains("gson").contains("stays at");
    }

    @Test
    void nothingIsAddedTwice() {
        MavenResolver resolver = resolver();
        assertThat(resolver.resolve(List.of("test:base:1.0")).names()).containsExactly("base-1.0");
        assertThat(resolver.resolve(List.of("test:middle:jar:2.0")).names()).containsExactly("middle-2.0");
    }

    @Test
    void aMissingArtifactIsNamed() {
        MavenResolver resolver = resolver();
        assertThatThrownBy(() -> resolver.resolve(List.of("test:none:1.0"))).hasMessageContaining("test:none");
        assertThatThrownBy(() -> resolver.resolve(List.of("test:none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group:artifact");
    }

    @Test
    void looseElementsAndWholeProjectsAreRead() {
        String loose = "<repository><id>mine</id><url>" + remote.toUri()
                + "</url></repository>\n<dependency><groupId>test</groupId><artifactId>middle</artifactId><version>2.0</version></dependency>";
        assertThat(new PomReader(resolver()).resolve(loose, List.of()).names()).contains("middle-2.0", "base-1.0");
        String project =
                "<project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>a</artifactId><version>1</version>"
                        + "<properties><v>1.0</v></properties><dependencies>"
                        + "<dependency><groupId>test</groupId><artifactId>base</artifactId><version>${v}</version><scope>test</scope></dependency>"
                        + "</dependencies></project>";
        assertThat(new PomReader(resolver()).resolve(project, List.of()).names())
                .isEmpty();
        assertThat(new PomReader(resolver()).resolve(project, List.of("test")).names())
                .containsExactly("base-1.0");
    }

    @Test
    void aPomFileFindsItsParentBesideIt() throws IOException {
        Path child = Files.createDirectories(folder.resolve("course/child"));
        Files.writeString(
                folder.resolve("course/pom.xml"),
                HEAD
                        + "<groupId>g</groupId><artifactId>course</artifactId><version>1</version><packaging>pom</packaging>"
                        + "<dependencyManagement><dependencies>" + BASE
                        + "</dependencies></dependencyManagement></project>");
        Files.writeString(
                child.resolve("pom.xml"),
                "<?xml version='1.0'?>\n<!-- a lesson -->\n" + HEAD
                        + "<parent><groupId>g</groupId><artifactId>course</artifactId><version>1</version></parent>"
                        + "<artifactId>child</artifactId><dependencies><dependency><groupId>test</groupId>"
                        + "<artifactId>base</artifactId><scope>compile</scope></dependency></dependencies></project>");
        assertThat(new PomReader(resolver())
                        .resolve(child.resolve("pom.xml"), List.of())
                        .names())
                .containsExactly("base-1.0");
        assertThat(new PomReader(resolver()).resolve(child, List.of()).names()).containsExactly("base-1.0");
        assertThatThrownBy(() -> new PomReader(resolver()).resolve(folder.resolve("none.xml"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.xml");
    }

    @Test
    void scopesAreTakenAsGiven() {
        String loose =
                BASE + BASE.replace("base", "middle").replace("1.0", "2.0").replace("provided", "test");
        assertThat(new PomReader(resolver()).resolve(loose, List.of()).names()).isEmpty();
        assertThat(new PomReader(resolver()).resolve(loose, List.of("provided")).names())
                .containsExactly("base-1.0");
        for (List<String> both : List.of(List.of("PROVIDED,", "test"), List.of("provided", "Test"))) {
            assertThat(new PomReader(resolver()).resolve(loose, both).names()).contains("middle-2.0", "base-1.0");
        }
    }

    @Test
    void aRemarkBeforeAProjectCostsNoDependency() {
        String project = "<!-- a remark -->\n" + HEAD
                + "<groupId>g</groupId><artifactId>a</artifactId><version>1</version><dependencies>" + BASE
                + "</dependencies></project>";
        assertThat(new PomReader(resolver())
                        .resolve(project, List.of("provided"))
                        .names())
                .containsExactly("base-1.0");
        assertThatThrownBy(() -> new PomReader(resolver()).resolve("no elements", List.of()))
                .hasMessageContaining("expected elements of a POM, got none in no elements");
    }
}
