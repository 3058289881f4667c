package org.rewardlab.kernel.magics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.eval.RecordedOutput;
import org.rewardlab.kernel.output.StreamName;
import org.rewardlab.kernel.session.CellResult;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;

class BuiltinMagicsTest {

    @TempDir
    private Path folder;

    private Session session;
    private RecordedOutput output = new RecordedOutput();
    private int count;

    @BeforeEach
    void start() {
        session = Session.start(SessionSettings.defaults().withWorkingFolder(folder));
    }

    @AfterEach
    void close() {
        session.close();
    }

    private CellResult run(String source) {
        output = new RecordedOutput();
        CellResult result = session.execute(source, ++count, output);
        assertThat(result.error()).as("%s", result.error()).isNull();
        return result;
    }

    private String shown(String source) {
        return String.valueOf(
                Objects.requireNonNull(run(source).value(), "no value").getData(MIMEType.TEXT_PLAIN));
    }

    /** A jar with one class that answers. */
    private void jar(String name, String type, String answer) throws Exception {
        Path source = folder.resolve(type + ".java");
        Files.writeString(
                source,
                "package helpers; public class " + type + " { public static String say() { return \"" + answer
                        + "\"; } }");
        Path classes = Files.createDirectories(folder.resolve("classes-" + type));
        int status =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), source.toString());
        assertThat(status).isZero();
        Path jar = folder.resolve(name);
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry("helpers/" + type + ".class"));
            out.write(Files.readAllBytes(classes.resolve("helpers/" + type + ".class")));
        }
    }

    @Test
    void jarsAreUsableInTheSameCellAndReturned() throws Exception {
        jar("lib/one.jar", "One", "first");
        assertThat(shown("List<String> added = %jars lib/*.jar\nimport helpers.One;\nOne.say() + added.size()"))
                .isEqualTo("first1");
        assertThat(shown("List<String> none = %jars nothing/*.jar\nnone.size()"))
                .isEqualTo("0");
        assertThat(output.text(StreamName.STDERR)).contains("nothing fits nothing/*.jar");
        jar("two.jar", "Two", "second");
        run("%classpath classes-Two");
        assertThat(shown("helpers.Two.say()")).isEqualTo("second");
    }

    @Test
    void scriptsAndNotebooksAreLoadedRelativeToTheirCaller() throws Exception {
        Path sub = Files.createDirectories(folder.resolve("sub/deeper"));
        Files.writeString(folder.resolve("sub/book.ipynb"), """
                {"cells": [
                 {"cell_type": "markdown", "source": ["text"]},
                 {"cell_type": "code", "source": ["%load deeper/script\\n", "int fromBook = fromScript + 1;"]},
                 {"cell_type": "code", "source": "%%time\\nint timed = 1;"}
                ]}
                """);
        Files.writeString(sub.resolve("script.jshell"), "int fromScript = 1;\nint twice(int x) { return 2 * x; }\n");
        assertThat(shown("%load sub/book\ntwice(fromBook) + timed")).isEqualTo("5");
        output = new RecordedOutput();
        Files.writeString(folder.resolve("bad.jsh"), "int ok = 1;\nint bad = nothing;\n");
        CellResult failed = session.execute("%load bad", ++count, output);
        assertThat(String.join("\n", Objects.requireNonNull(failed.error()).traceback()))
                .contains("bad.jsh, line 2");
    }

    @Test
    void commandsRunAndTheirOutputIsShown() {
        run("!echo hello from $((40 + 2))");
        assertThat(output.text(StreamName.STDOUT)).isEqualTo("hello from 42\n");
        run("%env GREETING=hi there\n!echo $GREETING");
        assertThat(output.text(StreamName.STDOUT)).isEqualTo("hi there\n");
        run("%%bash\nfor i in 1 2 3; do echo $i; done");
        assertThat(output.text(StreamName.STDOUT)).isEqualTo("1\n2\n3\n");
    }

    @Test
    void whatAMagicSaysOfItsArgumentsHasNoFramesOfItsOwn() {
        for (String source : List.of(
                "int one = 1;\n%maven a",
                "int one = 1;\n%cd /tmp",
                "int one = 1;\n%load",
                "%%loadFromPOM\n<x",
                "int one = 1;\n%nosuch",
                "%%nosuch\nx")) {
            output = new RecordedOutput();
            CellResult result = session.execute(source, ++count, output);
            ErrorReport error = Objects.requireNonNull(result.error());
            String report = String.join("\n", error.traceback());
            assertThat(report)
                    .contains(source.contains("one") ? "line 2" : error.evalue())
                    .doesNotContain("org.rewardlab.kernel.magics", "java.base", "Caused by", "at org.");
            assertThat(output.text(StreamName.STDERR)).isEmpty();
        }
        output = new RecordedOutput();
        CellResult own = session.execute("%time throw new IllegalArgumentException(\"mine\");", ++count, output);
        assertThat(String.join("\n", Objects.requireNonNull(own.error()).traceback()))
                .contains("mine", "line 1");
    }

    @Test
    void variablesAreListedAndForgotten() {
        run("int alpha = 3; String beta = \"text\";");
        run("%who");
        assertThat(String.valueOf(output.data().get(0).getData(MIMEType.TEXT_PLAIN)))
                .contains("alpha")
                .contains("int")
                .contains("\"text\"");
        run("%reset");
        run("%who");
        assertThat(output.text(StreamName.STDOUT)).contains("no variables");
    }

    @Test
    void ijavasClassesAreFoundUnderTheirOldNames() {
        run("""
                import io.github.spencerpark.ijava.IJava;
                import io.github.spencerpark.jupyter.kernel.display.common.*;
                import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
                class Html { String text; Html(String text) { this.text = text; } }
                IJava.getKernelInstance().getRenderer().createRegistration(Html.class)
                    .preferring(MIMEType.TEXT_HTML)
                    .register((html, context) -> context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<b>" + html.text + "</b>"));
                """);
        run("display(new Html(\"x\"));");
        assertThat(output.data().get(0).getData(MIMEType.TEXT_HTML)).isEqualTo("<b>x</b>");
        assertThat(String.valueOf(output.data().get(0).getData(MIMEType.TEXT_PLAIN)))
                .doesNotContain("REPL");
    }

    @Test
    void jjavasFirstClassesAreFoundUnderTheirOldNames() {
        run("""
                import org.dflib.jjava.JJava;
                import org.dflib.jjava.JavaKernel;
                import static org.dflib.jjava.runtime.Display.*;
                import org.dflib.jjava.runtime.Kernel;
                JavaKernel running = JJava.getKernelInstance();
                display(running == Kernel.getKernelInstance());
                """);
        assertThat(output.data().get(0).getData(MIMEType.TEXT_PLAIN)).isEqualTo("true");
    }

    @Test
    void aBrokenNotebookIsNamedWhereItIsLoaded() throws Exception {
        Files.writeString(folder.resolve("half.ipynb"), "{\"cells\": [");
        Files.writeString(folder.resolve("none.ipynb"), "{}");
        assertThat(failure("%load half")).contains("broken JSON", "half.ipynb");
        assertThat(failure("%load none")).contains("with cells", "none.ipynb");
    }

    private String failure(String source) {
        CellResult result = session.execute(source, ++count, new RecordedOutput());
        return Objects.requireNonNull(result.error(), source).evalue();
    }
}
