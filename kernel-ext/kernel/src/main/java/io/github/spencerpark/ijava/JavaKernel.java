package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;

/** The kernel as IJava's notebooks know it: JJava's, with the methods that have another name there. */
public abstract class JavaKernel extends BaseKernel {

    @SuppressWarnings("NullAway") // JJava takes null where there is no history
    protected JavaKernel(
            String name,
            String version,
            LanguageInfo language,
            List<HelpLink> help,
            @Nullable HistoryManager history,
            JupyterIO io,
            CommManager comms,
            Renderer renderer,
            MagicParser parser,
            MagicsRegistry magics,
            boolean extensions,
            StringStyler styler) {
        super(name, version, language, help, history, io, comms, renderer, parser, magics, extensions, styler);
    }

    /** The kernel's magics, to add some. */
    public Magics getMagics() {
        return new Magics(getMagicsRegistry());
    }
}
