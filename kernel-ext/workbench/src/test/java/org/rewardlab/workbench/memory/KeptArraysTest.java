package org.rewardlab.workbench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rewardlab.workbench.TestNotebook;

/** What a cell made lives as long as something reaches it, and no longer. */
class KeptArraysTest {

    private static final TestNotebook NOTEBOOK = new TestNotebook();

    @BeforeAll
    static void declareHolders() {
        NOTEBOOK.run("""
                import ai.djl.ndarray.*;
                import ai.djl.ndarray.types.*;
                class Holder { static NDArray shared; final NDArray own; Holder(NDArray array) { own = array; } }
                record Pair(NDArray left, NDArray right) {}
                NDManager manager = NDManager.newBaseManager();
                """);
    }

    @AfterAll
    static void end() {
        NOTEBOOK.close();
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a variable      | NDArray kept = manager.ones(new Shape(3)).mul(7f);                                     | kept
                    an object       | Holder holder = new Holder(manager.ones(new Shape(3)).mul(7f));                        | holder.own
                    a record        | Pair pair = new Pair(manager.ones(new Shape(3)).mul(7f), null);                        | pair.left()
                    a list          | List<NDArray> list = List.of(manager.ones(new Shape(3)).mul(7f));                      | list.get(0)
                    a map           | Map<String, NDArray> map = Map.of("k", manager.ones(new Shape(3)).mul(7f));            | map.get("k")
                    a lambda        | Supplier<NDArray> lambda; { NDArray x = manager.ones(new Shape(3)).mul(7f); lambda = () -> x; } | lambda.get()
                    a static field  | Holder.shared = manager.ones(new Shape(3)).mul(7f);                                    | Holder.shared
                    a view          | NDArray view = manager.create(new float[] {0, 7, 7, 7}).get("1:");                     | view
                    a view of a view| NDArray deep = manager.create(new float[] {0, 7, 7, 7}).reshape(2, 2).reshape(4).get("1:"); | deep
                    a thread        | FutureTask<NDArray> task = new FutureTask<>(() -> manager.ones(new Shape(3)).mul(7f)); new Thread(task).start(); task.get(); | task.get()
                    """)
    void survives(String where, String cell, String expression) {
        NOTEBOOK.run(cell);
        for (int i = 0; i < 3; i++) {
            NOTEBOOK.run("manager.ones(new Shape(1000)).mul(9f);");
            ArrayCare.current().collect();
        }
        NOTEBOOK.run("float[] numbers = " + expression + ".toFloatArray();");
        assertThat((float[]) NOTEBOOK.value("numbers")).containsExactly(7, 7, 7);
    }

    @Test
    void survivesAsOneOfTheLastResults() {
        NOTEBOOK.run("manager.ones(new Shape(3)).mul(7f)");
        NOTEBOOK.run("manager.ones(new Shape(3)).mul(8f)");
        NOTEBOOK.run("manager.ones(new Shape(3)).mul(9f)");
        ArrayCare.current().collect();
        NOTEBOOK.run("float last = _.getFloat(0), second = __.getFloat(0), third = ___.getFloat(0);");
        assertThat(NOTEBOOK.value("last")).isEqualTo(9f);
        assertThat(NOTEBOOK.value("second")).isEqualTo(8f);
        assertThat(NOTEBOOK.value("third")).isEqualTo(7f);
    }

    @Test
    void isFreedWhenNothingReachesIt() {
        NOTEBOOK.run("NDArray dropped = manager.ones(new Shape(1000));");
        ArrayCare.current().collect();
        int before = ArrayCare.current().liveArrays();
        NOTEBOOK.run("dropped = null;");
        ArrayCare.current().collect();
        assertThat(ArrayCare.current().liveArrays()).isEqualTo(before - 1);
    }

    @Test
    void isNotClosedASecondTime() {
        ArrayCare.current().collect();
        long freed = ArrayCare.current().freedArrays();
        int live = ArrayCare.current().liveArrays();
        NOTEBOOK.run("NDArray closed = manager.ones(new Shape(10));");
        NOTEBOOK.run("closed.close(); boolean released = closed.isReleased(); closed = null;");
        ArrayCare.current().collect();
        assertThat(NOTEBOOK.value("released")).isEqualTo(true);
        assertThat(ArrayCare.current().freedArrays()).isEqualTo(freed);
        assertThat(ArrayCare.current().liveArrays()).isEqualTo(live);
    }

    @Test
    void ofAScopeIsFreedByTheScope() {
        NOTEBOOK.run("""
                NDArray inner, outer;
                try (NDScope scope = new NDScope()) {
                    inner = manager.ones(new Shape(3));
                    outer = inner.mul(7f);
                    NDScope.unregister(outer);
                }
                """);
        ArrayCare.current().collect();
        NOTEBOOK.run("boolean innerGone = inner.isReleased(), outerGone = outer.isReleased();");
        assertThat(NOTEBOOK.value("innerGone")).isEqualTo(true);
        assertThat(NOTEBOOK.value("outerGone")).isEqualTo(false);
    }

    @Test
    void ofAManagerThatIsClosedInTheCellIsClosedWithIt() {
        NOTEBOOK.run("""
                NDArray inside;
                try (NDManager sub = manager.newSubManager()) {
                    inside = sub.ones(new Shape(3));
                }
                boolean insideGone = inside.isReleased();
                """);
        assertThat(NOTEBOOK.value("insideGone")).isEqualTo(true);
    }

    @Test
    void isFreedAfterACellThatFailed() {
        ArrayCare.current().collect();
        int before = ArrayCare.current().liveArrays();
        NOTEBOOK.tryToRun("{ NDArray lost = manager.ones(new Shape(5)); throw new IllegalStateException(); }");
        NOTEBOOK.run("int nothing = 0;");
        ArrayCare.current().collect();
        assertThat(ArrayCare.current().liveArrays()).isLessThanOrEqualTo(before);
    }

    @Test
    void cellsRecordNoGradientsUnlessTheyAskTo() {
        NOTEBOOK.run("boolean recording = ai.djl.pytorch.jni.JniUtils.isGradMode();");
        assertThat(NOTEBOOK.value("recording")).isEqualTo(false);
    }
}
