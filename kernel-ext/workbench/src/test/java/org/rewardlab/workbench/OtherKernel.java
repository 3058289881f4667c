package org.rewardlab.workbench;

import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;
import org.rewardlab.workbench.memory.ProcessMemory;

/** A kernel built on JJava's types alone, with RewardLab's kernel not on the class path: installs and uses the extension. */
final class OtherKernel extends BaseKernel {

    private OtherKernel() {
        super(
                "other",
                "1",
                new LanguageInfo.Builder("java").build(),
                List.of(),
                new NoHistory(),
                new JupyterIO(StandardCharsets.UTF_8),
                new CommManager(),
                new Renderer(),
                new MagicParser("(?<=(?:^|=))\\s*%", "%%", new MagicTranspiler()),
                new MagicsRegistry(),
                true,
                new StringStyler.Builder().build());
    }

    public static void main(String[] arguments) throws Exception {
        try {
            Class.forName("org.rewardlab.kernel.spi.CellListener");
            throw new IllegalStateException("expected a class path without RewardLab's kernel");
        } catch (ClassNotFoundException e) {
            System.out.println("without the kernel");
        }
        OtherKernel kernel = new OtherKernel();
        WorkbenchExtension extension = new WorkbenchExtension();
        extension.install(kernel);
        DisplayData shown = kernel.getRenderer().render(Notebook.array(1f, 2f));
        System.out.println(shown.getData(MIMEType.TEXT_PLAIN));
        for (String magic : List.of("imports", "memory", "doctor", "device", "seed")) {
            kernel.getMagicsRegistry().evalLineMagic(kernel, magic, List.of());
        }
        for (int i = 0; i < 300; i++) {
            Notebook.manager().ones(new Shape(1_000_000)).add(Notebook.array(1f));
        }
        System.out.println(ProcessMemory.resident() < 900L << 20 ? "bounded" : "grown to " + ProcessMemory.resident());
        extension.uninstall(kernel);
        System.exit(0);
    }

    @Override
    @SuppressWarnings("NullAway") // JJava's kernels return null where there is no value
    public Object evalRaw(String source) {
        return null;
    }

    @Override
    public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
        return null;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        return new ReplacementOptions(List.of(), at, at);
    }

    @Override
    public String isComplete(String code) {
        return IS_COMPLETE_YES;
    }

    private static final class NoHistory implements HistoryManager {}
}
