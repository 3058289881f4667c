package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The workbench in the kernel: imports, words, progress, magics. */
class WorkbenchExtensionTest {

    private static final TestNotebook NOTEBOOK = new TestNotebook();

    @AfterAll
    static void end() {
        NOTEBOOK.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "array(2f, 0.5f, -1f)",
                "array(new float[][] {{0, 1}, {0, 1}})",
                "PreferenceLoss.dpo(0.1)",
                "Preferences.of(List.of(new PreferencePair(\"a\", \"b\", \"c\")))",
                "Table.create(\"t\", DoubleColumn.create(\"x\", 1, 2))",
                "new Shape(2, 3)",
                "DataType.FLOAT32",
                "NDManager.newBaseManager().ones(new Shape(2))",
                "figure(line(\"a\", new double[] {0, 1}, new double[] {0, 1}))",
                "plot(1, 2, 3)",
                "claim(\"one is one\").atLeast(\"one\", 1, 1)",
                "seed(7)",
                "Scale.current()",
                "new Random(1).nextInt(3)",
                "LocalDate.of(2026, 1, 1)",
                "Pattern.compile(\"a+\")",
                "Optional.of(1)"
            })
    void theFirstCellNeedsNoImport(String cell) {
        assertThat(NOTEBOOK.run(cell).results()).hasSize(1);
    }

    @Test
    void everyResultHasPlainText() {
        for (String cell : List.of("array(1f)", "plot(1, 2)", "claim(\"x\")", "Map.of(1, 2)", "new int[3]")) {
            var data = NOTEBOOK.run(cell).results().get(0);
            assertThat(data.hasDataForType(MIMEType.TEXT_PLAIN)).as(cell).isTrue();
        }
    }

    @Test
    void figuresComeAsSvgAndAsPng() {
        var data = NOTEBOOK.run("plot(1, 2, 3)").results().get(0);
        assertThat(String.valueOf(data.getData(MIMEType.IMAGE_SVG))).startsWith("<svg");
        assertThat(String.valueOf(data.getData(MIMEType.IMAGE_PNG))).startsWith("iVBORw0KGgo");
    }

    @Test
    void claimsComeAsJsonBesideTheirHtml() {
        var data = NOTEBOOK.run("claim(\"one is one\").atLeast(\"one\", 1, 1)")
                .results()
                .get(0);
        Object json = data.getData(MIMEType.parse("application/vnd.rewardlab.claim+json"));
        assertThat(String.valueOf(json)).startsWith("{").contains("\"verdict\":\"holds\"");
        assertThat(data.hasDataForType(MIMEType.TEXT_HTML)).isTrue();
    }

    @Test
    void progressIsOneDisplayUpdatedInPlace() {
        NotebookOutput output = NOTEBOOK.run("""
                try (var bar = Progress.of("outer", 3)) {
                    for (int i = 0; i < 3; i++) {
                        try (var inner = Progress.of("inner", 2)) {
                            inner.step();
                            inner.step("loss", 0.5);
                        }
                        bar.step();
                    }
                }
                """);
        assertThat(output.displays()).hasSize(4);
        assertThat(output.updates()).isNotEmpty();
        List<String> ids =
                output.displays().stream().map(data -> data.getDisplayId()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(output.updates()).allSatisfy(update -> assertThat(ids).contains(update.getDisplayId()));
        String last =
                String.valueOf(output.updates().get(output.updates().size() - 1).getData(MIMEType.TEXT_PLAIN));
        assertThat(last).startsWith("outer 100% 3/3");
    }

    @Test
    void aBarThatACellLeavesOpenHoldsNoBarOfTheNext() {
        NotebookOutput left = NOTEBOOK.run("var open = Progress.of(\"left\", 4); open.step(); open.step();");
        String last =
                String.valueOf(left.updates().get(left.updates().size() - 1).getData(MIMEType.TEXT_PLAIN));
        assertThat(last).startsWith("left 50% 2/4");
        NotebookOutput next = NOTEBOOK.run("try (var bar = Progress.of(\"next\", 2)) { bar.step(); }");
        assertThat(String.valueOf(next.displays().get(0).getData(MIMEType.TEXT_PLAIN)))
                .startsWith("next 0%");
    }

    @Test
    void whatIsShownCanBeReplaced() {
        NotebookOutput output = NOTEBOOK.run("var shown = show(\"first\"); shown.update(\"second\");");
        assertThat(output.displays().get(0).getData(MIMEType.TEXT_PLAIN)).isEqualTo("first");
        assertThat(output.updates().get(0).getData(MIMEType.TEXT_PLAIN)).isEqualTo("second");
        assertThat(output.updates().get(0).getDisplayId())
                .isEqualTo(output.displays().get(0).getDisplayId());
    }

    @Test
    void aThreadShowsInTheCellThatStartedIt() {
        NotebookOutput output =
                NOTEBOOK.run("Thread t = new Thread(() -> show(\"from a thread\")); t.start(); t.join();");
        assertThat(output.displays().get(0).getData(MIMEType.TEXT_PLAIN)).isEqualTo("from a thread");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%memory", "%doctor", "%device", "%seed", "%papers", "%papers 32"})
    void lineMagicsShowWhatTheyFind(String magic) {
        assertThat(NOTEBOOK.run(magic).displays()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "doctor"})
    void wordsBesideAMagicThatTakesNoneAreRefused(String magic) {
        assertThat(NOTEBOOK.tryToRun("%" + magic + " all").errors())
                .contains(magic + ": expected nothing beside it, got all");
    }

    @Test
    void memoryNamesTheVariablesThatHoldArrays() {
        NOTEBOOK.run("NDArray heavy = zeros(1000, 100); List<NDArray> several = List.of(zeros(10), zeros(10));");
        String text = String.valueOf(NOTEBOOK.run("%memory").displays().get(0).getData(MIMEType.TEXT_PLAIN));
        assertThat(text).contains("heavy  391 kB  float32 (1000, 100)").contains("several  80 B  2 arrays");
    }

    @Test
    void seedIsTheRootOfAllSeeds() {
        String before = System.getProperty("rewardlab.seed");
        try {
            NOTEBOOK.run("%seed 41");
            NOTEBOOK.run("long one = seed(3);");
            Object first = NOTEBOOK.value("one");
            NOTEBOOK.run("%seed 42");
            NOTEBOOK.run("one = seed(3);");
            assertThat(NOTEBOOK.value("one")).isNotEqualTo(first);
            assertThat(NOTEBOOK.tryToRun("%seed many").errors()).contains("%seed: expected a whole number");
        } finally {
            if (before == null) {
                System.clearProperty("rewardlab.seed");
            } else {
                System.setProperty("rewardlab.seed", before);
            }
        }
    }

    @Test
    void papersAreFoundByNumberAndByWords() {
        assertThat(text("%papers")).contains("57 rows");
        assertThat(text("%papers shaping mitigate"))
                .containsIgnoringCase("reward hacking")
                .doesNotContain("57 rows");
        assertThat(text("%papers nothingofthekind")).startsWith("no paper has nothingofthekind");
        assertThat(NOTEBOOK.tryToRun("%papers 99").errors()).contains("number: expected a paper from 1 to 57, got 99");
    }

    private static String text(String magic) {
        return String.valueOf(NOTEBOOK.run(magic).displays().get(0).getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void whatANotebookDeclaresIsShownUnderItsOwnName() {
        NOTEBOOK.run("""
                class NoReward extends RuntimeException { NoReward(String m, Throwable c) { super(m, c); } }
                class Holder { static class Inner extends Exception { } }
                class Bare { }
                NoReward thrown(int n) {
                    try { return thrown(n / (n - 1)); } catch (ArithmeticException e) { return new NoReward("for " + new Bare(), e); }
                }
                """);
        var data = NOTEBOOK.run("thrown(1)").results().get(0);
        assertThat(String.valueOf(data.getData(MIMEType.TEXT_PLAIN)))
                .matches("NoReward: for Bare@\\w+\ncaused by java.lang.ArithmeticException: / by zero");
        assertThat(String.valueOf(data.getData(MIMEType.TEXT_HTML)))
                .contains("<b style=\"color:#d64545\">NoReward</b> for Bare@", "at thrown() of a cell", "a cell<br>")
                .doesNotContain("REPL", "JShell", "Variable$", "org.rewardlab.kernel", "jdk.");
        assertThat(shown("new Holder.Inner()")).startsWith("Holder.Inner");
        NOTEBOOK.run("var kept = thrown(1); record Case(Exception why, Bare what) { }");
        for (String cell :
                List.of("kept", "new Case(kept, new Bare())", "List.of(new Case(kept, null))", "Map.of(1, kept)")) {
            assertThat(shown(cell)).as(cell).contains("NoReward").doesNotContain("REPL", "JShell");
        }
    }

    private static String shown(String cell) {
        var data = NOTEBOOK.run(cell).results().get(0);
        return String.valueOf(data.getData(MIMEType.TEXT_PLAIN)) + data.getData(MIMEType.TEXT_HTML);
    }

    @Test
    void anUnknownDeviceIsRefused() {
        assertThat(NOTEBOOK.tryToRun("%device gpu:99").errors()).contains("%device: expected cpu");
    }

    @Test
    void rowsOfUnequalLengthAreRejected() {
        assertThat(NOTEBOOK.tryToRun("array(new float[][] {{1, 2}, {3}})").errors())
                .contains("rows: expected 2 numbers in each, as in row 0, got 1 in row 1");
    }

    @Test
    void theWordsOfANotebookArePublicAndStatic() {
        assertThat(Notebook.class.getDeclaredMethods())
                .filteredOn(method -> Modifier.isPublic(method.getModifiers()))
                .allMatch(method -> Modifier.isStatic(method.getModifiers()));
    }
}
