package org.rewardlab.workbench.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rewardlab.workbench.Child;

class TorchPatchTest {

    @Test
    void viewsAndGradientsReadGarbageWithoutIt() {
        assertThat(wrong(Child.run(LentMemory.class, "without"))).isPositive();
    }

    @Test
    void viewsAndGradientsAreRightWithIt() {
        assertThat(wrong(Child.run(LentMemory.class, "with"))).isZero();
    }

    @Test
    void buffersAreKeptForTheCellWhereDjlWasLoadedBefore() {
        String printed = Child.run(LentMemory.class, "late");
        assertThat(printed).contains("was loaded before RewardLab's workbench");
        assertThat(wrong(printed)).isZero();
    }

    @Test
    void typesThatPyTorchDoesNotKnowAreRefusedWhereTheyWouldEndTheProcess() {
        assertThat(Child.run(UnknownTypes.class))
                .contains("dtype: expected float32", "got bfloat16", "got uint16", "got string", "alive with boolean")
                .doesNotContain("made");
    }

    private static int wrong(String printed) {
        String text = printed.strip();
        return Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    }
}
