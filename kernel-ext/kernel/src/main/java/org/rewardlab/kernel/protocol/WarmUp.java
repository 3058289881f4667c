package org.rewardlab.kernel.protocol;

import org.rewardlab.kernel.session.Session;

/** What is done between the start and the first request, where there is time: the compiler warm, the class index built. */
final class WarmUp {

    private WarmUp() {}

    static void run(Session session, ShellQueue queue) {
        if (queue.isEmpty()) {
            session.warmUp();
        }
    }
}
