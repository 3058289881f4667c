package org.rewardlab.kernel.session;

import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;

/** What extensions see as the parser of magics: the kernel's own, behind JJava's type. */
final class SessionMagicParser extends MagicParser {

    SessionMagicParser() {
        super("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler());
    }

    @Override
    public String resolveMagics(String cellSource) {
        return Session.current().translated(cellSource);
    }
}
