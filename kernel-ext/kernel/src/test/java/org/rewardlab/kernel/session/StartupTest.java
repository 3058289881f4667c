package org.rewardlab.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.tools.ToolProvider;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.eval.RecordedOutput;

class StartupTest {

    private static final String EXTENSION = """
            package other;
            import org.dflib.jjava.jupyter.kernel.BaseKernel;
            public class Imports implements org.dflib.jjava.jupyter.Extension {
                @Override public void install(BaseKernel kernel) {
                    try {
                        kernel.eval("import java.nio.file.*; int fromExtension = 6 * 7;");
                    } catch (Exception e) {
                        throw new RuntimeException(e);
                    }
                    System.out.println("ready");
                }
            }
            """;

    @TempDir
    private Path folder;

    /** A folder of classes with that extension, and one that is named and not there before it. */
    private Path compiled() throws IOException {
        Path source = Files.createDirectories(folder.resolve("other")).resolve("Imports.java");
        Files.writeString(source, EXTENSION);
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(failed).isZero();
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Extension.class.getName()), "other.Missing\nother.Imports\n");
        return folder;
    }

    private static Session started(Map<String, String> variables) {
        return Session.startAnyway(() -> new Environment(variables).read());
    }

    private static String value(Session session, String source, RecordedOutput output) {
        CellResult result = session.execute(source, 1, output);
        return String.valueOf(
                Objects.requireNonNull(result.value(), result::toString).getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void anExtensionOnTheClassPathEvaluatesCodeAtTheStart() throws IOException {
        try (Session session = started(Map.of("JJAVA_CLASSPATH", compiled().toString()))) {
            RecordedOutput output = new RecordedOutput();
            assertThat(value(session, "Path.of(\"a\").toString() + fromExtension", output))
                    .isEqualTo("a42");
            assertThat(output.events())
                    .anySatisfy(event -> assertThat(event).contains("other.Missing"))
                    .contains("stdout:ready\n");
        }
    }

    @Test
    void extensionsAreLeftOutWhereJJavaWould() throws IOException {
        try (Session session =
                started(Map.of("JJAVA_CLASSPATH", compiled().toString(), "JJAVA_LOAD_EXTENSIONS", "false"))) {
            RecordedOutput output = new RecordedOutput();
            session.execute("fromExtension", 1, output);
            assertThat(output.events()).anySatisfy(event -> assertThat(event).startsWith("error:"));
        }
    }

    @Test
    void aScriptThatFailsIsReportedInTheFirstCellOnly() {
        try (Session session =
                started(Map.of("IJAVA_STARTUP_SCRIPT", "System.out.println(\"hello\"); int x = 1 / 0;"))) {
            RecordedOutput first = new RecordedOutput();
            assertThat(value(session, "1 + 1", first)).isEqualTo("2");
            assertThat(first.events().get(0)).isEqualTo("stdout:hello\n");
            assertThat(first.events().get(1)).startsWith("stderr:").contains("ArithmeticException", "startup script");
            RecordedOutput second = new RecordedOutput();
            assertThat(value(session, "2 + 2", second)).isEqualTo("4");
            assertThat(second.events()).hasSize(1);
        }
    }

    @Test
    void settingsThatDoNotHoldAreToldAndTheKernelStarts() {
        for (Map<String, String> wrong :
                List.of(Map.of("IJAVA_COMPILER_OPTS", "-nosuchoption"), Map.of("IJAVA_TIMEOUT", "soon"))) {
            try (Session session = started(wrong)) {
                RecordedOutput output = new RecordedOutput();
                assertThat(value(session, "1 + 1", output)).isEqualTo("2");
                assertThat(output.events().get(0)).startsWith("stderr:").containsAnyOf("nosuchoption", "soon");
            }
        }
    }

    @Test
    void aValueWhoseTextIsNullIsShownAsNull() {
        try (Session session = started(Map.of())) {
            assertThat(value(
                            session,
                            "new Object() { public String toString() { return null; } }",
                            new RecordedOutput()))
                    .isEqualTo("null");
        }
    }
}
