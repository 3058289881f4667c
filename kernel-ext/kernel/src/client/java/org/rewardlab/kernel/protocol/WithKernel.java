package org.rewardlab.kernel.protocol;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests of one kernel in this process, started before the first and closed after the last of a class, with a client. */
public abstract class WithKernel {

    protected static ServedKernel kernel;
    protected static TestClient client;

    @BeforeAll
    static void startKernel() throws Exception {
        kernel = new ServedKernel();
        client = kernel.client();
    }

    @AfterAll
    static void stopKernel() {
        kernel.close();
    }
}
