package org.rewardlab.kernel.assist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.eval.RecordedOutput;

class AssistantTest {

    @TempDir
    private Path folder;

    private final Evaluator evaluator =
            Evaluator.builder().startup(List.of("import java.util.*;")).build();
    private final Assistant assistant = new Assistant(evaluator, new MagicsRegistry(), value -> Optional.empty());

    @AfterEach
    void close() {
        evaluator.close();
    }

    private List<String> matches(String code) {
        return assistant.complete(code, code.length()).matches().stream()
                .map(Completion::text)
                .toList();
    }

    @Test
    void membersOfTheTypeComeBeforeThoseOfEveryObject() {
        List<String> found = matches("\"abc\".");
        assertThat(found.indexOf("length()")).isBetween(0, found.indexOf("getClass()") - 1);
    }

    @Test
    void declarationsOfTheSameCellAreKnown() {
        assertThat(
                        matches(
                                "import java.util.*;\nint f(int x) { return x; }\nvar local = new ArrayList<String>();\nlocal.addA"))
                .contains("addAll(");
        assertThat(matches("for (String s : List.of(\"a\")) { s.repla")).contains("replace(");
    }

    @Test
    void methodsAndTypesOfTheSameCellAreKnown() {
        String cell = """
                // a pair, and what is made of it
                record Pair(int left, String right) { int twice() { return 2 * left; } }
                enum Colour { RED, GREEN }
                static Pair pairOf(int left) {
                    return new Pair(left, "r");
                }
                int count = 3;
                """;
        assertThat(matches(cell + "pairOf(count).rig")).contains("right()");
        assertThat(matches(cell + "pairO")).contains("pairOf(");
        assertThat(matches(cell + "Pair made = pairOf(1);\nmade.tw")).containsExactly("twice()");
        assertThat(matches(cell + "Colour.G")).contains("GREEN");
        assertThat(matches(cell + "new Pai")).anyMatch(text -> text.startsWith("Pair"));
        assertThat(matches(cell + "coun")).contains("count");
        assertThat(matches("if (true) { int a = 1; }\nString s = \"\";\ns.isBl"))
                .containsExactly("isBlank()");
    }

    @Test
    void packagesAreCompletedFromTheFirstRequest() {
        assertThat(matches("import java.ut")).contains("util.");
        assertThat(matches("import java.util.")).contains("concurrent.", "List");
    }

    @Test
    void manyCommentsAndBlankLinesAreNoHindrance() {
        assertThat(matches(
                        "// words\n".repeat(10_000) + "int first = 1;\n" + "\n".repeat(20_000) + "int next = 2;\nfir"))
                .contains("first");
    }

    @Test
    void pathsAreCompletedInTextAndForMagics() throws Exception {
        Files.writeString(folder.resolve("data.csv"), "");
        String inText = "read(\"" + folder + "/da";
        assertThat(matches(inText)).containsExactly("data.csv");
        assertThat(matches("%load " + folder + "/d")).containsExactly("data.csv");
    }

    @Test
    void documentationOfALibraryComesFromTheSourcesBesideItsJar() throws Exception {
        String source = """
                package documented;
                /** A thing with a {@code comment}. */
                public class Thing {
                    /** Makes it so.
                     * @param how the way */
                    public static int make(String how) { return 1; }
                }
                """;
        Path file = folder.resolve("Thing.java");
        Files.writeString(file, source);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), file.toString()))
                .isZero();
        write("thing.jar", "documented/Thing.class", Files.readAllBytes(folder.resolve("documented/Thing.class")));
        write("thing-sources.jar", "documented/Thing.java", source.getBytes(StandardCharsets.UTF_8));
        evaluator.addToClasspath(List.of(folder.resolve("thing.jar")));
        evaluator.evaluate("import documented.Thing;", 1, new RecordedOutput());

        assertThat(inspected("Thing.make", MIMEType.TEXT_PLAIN))
                .contains("Makes it so.")
                .contains("Parameter how");
        assertThat(inspected("Thing", MIMEType.TEXT_MARKDOWN)).contains("A thing with a `comment`");
    }

    private String inspected(String code, MIMEType type) {
        DisplayData data = Objects.requireNonNull(assistant.inspect(code, code.length(), false), "nothing found");
        return String.valueOf(data.getData(type));
    }

    private void write(String jar, String entry, byte[] bytes) throws Exception {
        try (OutputStream file = Files.newOutputStream(folder.resolve(jar));
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(bytes);
        }
    }

    @Test
    void completenessAndIndentAreJudged() {
        assertThat(assistant.completeness("void f() {\n    if (true) {"))
                .isEqualTo(new Completeness("incomplete", "        "));
        assertThat(assistant.completeness("String s = \"\"\"\n  text").status()).isEqualTo("incomplete");
        assertThat(assistant.completeness("int x = ;").status()).isEqualTo("invalid");
        assertThat(assistant.completeness("int x = 1;\nx + 1").status()).isEqualTo("complete");
    }
}
