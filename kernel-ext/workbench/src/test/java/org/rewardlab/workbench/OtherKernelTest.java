package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherKernelTest {

    @Test
    void theExtensionWorksInAKernelThatHasNoServicesOfOurs() {
        String printed = Child.run(
                OtherKernel.class,
                entry -> !entry.replace('\\', '/')
                        .matches(".*(kernel-ext/kernel/target/.*|rewardlab-kernel-[^/]*\\.jar)"));
        assertThat(printed).contains("without the kernel", "[1 2]", "bounded");
    }
}
