package org.rewardlab.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.eval.RecordedOutput;
import org.rewardlab.kernel.output.StreamName;

class SessionTest {

    private final Session session = Session.start(SessionSettings.defaults());
    private RecordedOutput output = new RecordedOutput();
    private int count;

    @AfterEach
    void close() {
        session.close();
    }

    private CellResult run(String source) {
        output = new RecordedOutput();
        return session.execute(source, ++count, output);
    }

    private String shown(String source) {
        CellResult result = run(source);
        return String.valueOf(
                Objects.requireNonNull(result.value(), result::toString).getData(MIMEType.TEXT_PLAIN));
    }

    @Test
    void aResultIsRenderedAndSent() {
        assertThat(shown("new int[][] {{1, 2}, {3, 4}}")).isEqualTo("[[1, 2],\n [3, 4]]");
        assertThat(output.events()).containsExactly("result:1");
        assertThat(shown("\"text\"")).isEqualTo("text");
        assertThat(shown("(Object) null")).isEqualTo("null");
    }

    @Test
    void aFailingToStringDoesNotLoseTheReply() {
        assertThat(shown("new Object() { public String toString() { throw new IllegalStateException(\"no\"); } }"))
                .contains("toString failed")
                .contains("no");
    }

    @Test
    void aTextThatIsNullIsShownAsPrintShowsIt() {
        assertThat(shown("new Object() { public String toString() { return null; } }"))
                .isEqualTo("null");
    }

    @Test
    void textAndBytesMayBeOfAnyType() {
        assertThat(run("render(\"{\\\"mark\\\": 1}\", \"application/vnd.vegalite.v5+json\")")
                        .value())
                .extracting(data -> data.getData(MIMEType.parse("application/vnd.vegalite.v5+json")))
                .isEqualTo("{\"mark\": 1}");
        assertThat(run("render(new byte[] {1, 2}, \"image/png\")").value())
                .extracting(data -> data.getData(MIMEType.IMAGE_PNG))
                .isEqualTo(new byte[] {1, 2});
        assertThat(shown("render(\"a,b\", \"text/csv\")")).isEqualTo("a,b");
    }

    @Test
    void aMagicWithoutAValueSaysSo() {
        assertThat(traceback("int rows = %who")).contains("This magic has no value");
        assertThat(traceback("%who rows")).contains("who: expected nothing beside it, got rows");
    }

    private String traceback(String source) {
        return String.join("\n", Objects.requireNonNull(run(source).error()).traceback());
    }

    @Test
    void displaysKeepTheirPlaceAmongTextAndCanBeUpdated() {
        run("""
                System.out.println("one");
                String id = display(new int[] {1});
                System.out.print("two");
                System.err.print("three");
                updateDisplay(id, "new");
                clearOutput(true);
                """);
        assertThat(output.events().get(0)).isEqualTo("stdout:one\n");
        assertThat(output.events().get(1)).startsWith("display:");
        assertThat(output.events().subList(2, 4)).containsExactly("stdout:two", "stderr:three");
        assertThat(output.events().get(4)).startsWith("update:");
        assertThat(output.events().get(5)).isEqualTo("clear:true");
    }

    @Test
    void whatSharedWorkersPrintBelongsToTheCellThatRuns() {
        String cell = "IntStream.range(0, 200).parallel().forEach(i -> { System.out.println(i); Math.sin(i); });";
        run(cell);
        run(cell);
        assertThat(output.text(StreamName.STDOUT).lines()).hasSize(200);
    }

    @Test
    void aFullHeapIsExplainedByItsLargestVariables() {
        run("int[][] much = new int[100][]; for (int i = 0; i < 3; i++) much[i] = new int[1_000_000];");
        CellResult result = run("throw new OutOfMemoryError();");
        assertThat(String.join("\n", Objects.requireNonNull(result.error()).traceback()))
                .contains("The largest: much about");
    }

    @Test
    void codeMayEvaluateCode() {
        assertThat(shown("int a = 3; eval(\"int b = a + 1; b * 2\")")).isEqualTo("8");
        assertThat(run("eval(\"nothing\")").error())
                .extracting(ErrorReport::ename)
                .isEqualTo("CompilationException");
    }

    @Test
    void timeIsMeasured() {
        assertThat(shown("%%time\nint z = 4;\nz + 1")).isEqualTo("5");
        assertThat(output.text(StreamName.STDOUT)).contains("Time: ");
        run("%time z + 2");
        assertThat(output.text(StreamName.STDOUT)).contains("Time: ");
    }
}
