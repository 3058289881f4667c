package org.rewardlab.workbench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.rewardlab.workbench.Child;

@EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells a process's resident memory in a file")
class ManyCellsTest {

    @Test
    void twoHundredCellsOfAHundredMegabytesStayBelowOneGigabyte() {
        long peak = peak(200, """
                NDArray x = manager.ones(new Shape(5_000_000));
                NDArray y = x.add(x).mul(x).sub(x).exp();
                y.getFloat(7)
                """);
        assertThat(peak).isLessThan(1024);
    }

    @Test
    void loopsInCellsHoldNoMoreThanTheyUse() {
        long peak = peak(20, """
                float total = 0;
                for (int i = 0; i < 100; i++) {
                    NDArray x = manager.ones(new Shape(1_000_000)).mul(2f);
                    total += x.getFloat(i);
                }
                """);
        assertThat(peak).isLessThan(1024);
    }

    @Test
    void threadsOfCellsHoldNoMoreThanTheyUse() {
        long peak = peak(20, """
                Thread worker = new Thread(() -> {
                    for (int i = 0; i < 60; i++) {
                        manager.ones(new Shape(1_000_000)).add(manager.ones(new Shape(1_000_000)));
                    }
                });
                worker.start();
                worker.join();
                """);
        assertThat(peak).isLessThan(1024);
    }

    private static long peak(int cells, String cell) {
        String printed =
                Child.run(ManyCells.class, Integer.toString(cells), cell).strip();
        return Long.parseLong(printed.substring(printed.lastIndexOf(' ') + 1));
    }
}
