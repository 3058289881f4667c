package org.rewardlab.kernel.protocol;

import org.rewardlab.kernel.session.Session;

/** What is done before it is asked for, where there is time: it makes the first cell and the first completion quick. */
final class WarmUp {

    private WarmUp() {}

    /** Between the start and the first request: compiles and renders something. */
    static void atStart(Session session, ShellQueue queue) {
        if (queue.isEmpty()) {
            session.warmUp();
        }
    }

    /** When the user rests: begins the index of the class path, which would slow down the cells of a start. */
    static void atRest(Session session) {
        session.assistant().prepare();
    }
}
