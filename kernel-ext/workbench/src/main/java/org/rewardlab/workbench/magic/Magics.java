package org.rewardlab.workbench.magic;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.rewardlab.workbench.ImportLines;

/** All magics of the workbench by name. */
public final class Magics {

    private Magics() {}

    /** Adds the magics to a kernel's. */
    public static void register(MagicsRegistry registry) {
        LineMagic<Object, BaseKernel> device = (kernel, arguments) -> shown(kernel, DeviceMagic.run(arguments));
        LineMagic<Object, BaseKernel> seed = (kernel, arguments) -> shown(kernel, SeedMagic.run(arguments));
        LineMagic<Object, BaseKernel> memory =
                (kernel, arguments) -> shown(alone("memory", arguments, kernel), MemoryReport.now());
        LineMagic<Object, BaseKernel> doctor =
                (kernel, arguments) -> shown(alone("doctor", arguments, kernel), Doctor.examine());
        LineMagic<Object, BaseKernel> imports =
                (kernel, arguments) -> shown(kernel, String.join("\n", ImportLines.ALL));
        LineMagic<Object, BaseKernel> bench =
                (kernel, arguments) -> shown(kernel, BenchMagic.run(kernel, List.of(), String.join(" ", arguments)));
        LineMagic<Object, BaseKernel> papers = (kernel, arguments) -> shown(kernel, PapersMagic.run(arguments));
        CellMagic<Object, BaseKernel> benchCell = BenchMagic::run;
        registry.registerLineMagic("device", device)
                .registerLineMagic("seed", seed)
                .registerLineMagic("memory", memory)
                .registerLineMagic("doctor", doctor)
                .registerLineMagic("papers", papers)
                .registerLineMagic("bench", bench)
                .registerCellMagic("bench", benchCell);
        if (!registry.getLineMagicNames().contains("imports")) { // RewardLab's kernel knows those of the notebook, too
            registry.registerLineMagic("imports", imports);
        }
    }

    /** The kernel, for a magic beside which nothing may stand. */
    private static BaseKernel alone(String magic, List<String> arguments, BaseKernel kernel) {
        if (!arguments.isEmpty()) {
            throw new IllegalArgumentException(
                    magic + ": expected nothing beside it, got " + String.join(" ", arguments));
        }
        return kernel;
    }

    /** A line magic may stand anywhere in a cell: it shows what it finds itself. */
    @SuppressWarnings("NullAway") // JJava's magics return null where there is no value
    private static Object shown(BaseKernel kernel, Object found) {
        kernel.display(kernel.getRenderer().render(found));
        return null;
    }
}
