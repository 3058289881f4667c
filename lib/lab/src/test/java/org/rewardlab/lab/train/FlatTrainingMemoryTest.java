package org.rewardlab.lab.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("full")
class FlatTrainingMemoryTest {

    @Test
    @EnabledOnOs(OS.LINUX) // resident memory is read from /proc
    void twoThousandStepsOfPolicyTrainingLeaveTheProcessAsItWas() throws IOException, InterruptedException {
        assertThat(ChildJvm.start(ManyPolicySteps.class, "2000").waitFor()).isZero();
    }
}
