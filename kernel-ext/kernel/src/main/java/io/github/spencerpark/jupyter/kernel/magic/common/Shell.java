package io.github.spencerpark.jupyter.kernel.magic.common;

import io.github.spencerpark.jupyter.kernel.magic.registry.LineMagic;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Notebook;

/** The magic {@code %sh} under the name of the class that IJava's notebooks register for it. */
public final class Shell {

    private Shell() {}

    /** Runs a command of the system. */
    @LineMagic
    public static @Nullable Object sh(List<String> arguments) {
        return Notebook.lineMagic("!", List.of(String.join(" ", arguments)));
    }
}
