package org.rewardlab.kernel.session;

/** The magics that every session has. */
final class SessionMagics {

    private SessionMagics() {}

    static void register(Session session) {
        TimeMagics.register(session);
    }
}
