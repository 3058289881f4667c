package org.rewardlab.workbench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Threads compute while cells end and garbage is collected beside them: no number is wrong. */
class ThreadsTest {

    private static final ArrayScopes SCOPES = ArrayScopes.start();

    @Test
    void numbersStayRightWhileCellsEndAndGarbageIsCollected() throws Exception {
        NDManager manager = NDManager.newBaseManager();
        ExecutorService pool = Executors.newFixedThreadPool(3);
        List<Future<Integer>> results = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            results.add(pool.submit((Callable<Integer>) () -> wrongNumbers(manager)));
        }
        pool.shutdown();
        while (!pool.awaitTermination(20, TimeUnit.MILLISECONDS)) {
            SCOPES.beforeCell();
            manager.ones(new Shape(1000)).add(1f);
            SCOPES.afterCell();
            ArrayCare.current().collect();
        }
        for (Future<Integer> result : results) {
            assertThat(result.get()).isZero();
        }
    }

    private static int wrongNumbers(NDManager manager) {
        int wrong = 0;
        for (int i = 0; i < 400; i++) {
            float[] sum = manager.create(new float[] {i, 2 * i})
                    .reshape(2, 1)
                    .add(1f)
                    .mul(manager.ones(new Shape(2, 3)))
                    .sum(new int[] {1})
                    .toFloatArray();
            wrong += sum[0] == 3 * (i + 1) && sum[1] == 3 * (2 * i + 1) ? 0 : 1;
        }
        return wrong;
    }

    @Test
    void anArrayOfStringsIsLeftAlone() {
        SCOPES.beforeCell();
        NDArray text = NDManager.newBaseManager().create("a text");
        SCOPES.afterCell();
        ArrayCare.current().collect();
        assertThat(text.toStringArray()).containsExactly("a text");
    }
}
