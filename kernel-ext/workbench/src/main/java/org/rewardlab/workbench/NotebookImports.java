package org.rewardlab.workbench;

import java.util.List;
import org.rewardlab.kernel.spi.StartupImports;

/**
 * What every notebook has imported beside the kernel's own: the library, tensors, tables, and the words of {@link Notebook}.
 * Classes whose names stand in two of the packages are imported one by one.
 */
public final class NotebookImports implements StartupImports {

    /** The lines, in order. */
    public static final List<String> LINES = List.of(
            "import org.rewardlab.tensor.*;",
            "import org.rewardlab.preference.*;",
            "import org.rewardlab.reward.*;",
            "import org.rewardlab.credit.*;",
            "import org.rewardlab.policy.*;",
            "import org.rewardlab.evaluate.*;",
            "import org.rewardlab.lab.data.*;",
            "import org.rewardlab.lab.display.*;",
            "import org.rewardlab.lab.environment.*;",
            "import org.rewardlab.lab.experiment.*;",
            "import org.rewardlab.lab.generate.*;",
            "import org.rewardlab.lab.model.*;",
            "import org.rewardlab.lab.plot.*;",
            "import org.rewardlab.lab.statistics.*;",
            "import org.rewardlab.lab.train.*;",
            "import ai.djl.ndarray.NDArray;",
            "import ai.djl.ndarray.NDList;",
            "import ai.djl.ndarray.NDManager;",
            "import ai.djl.ndarray.types.DataType;",
            "import ai.djl.ndarray.types.Shape;",
            "import tech.tablesaw.api.*;",
            "import org.rewardlab.lab.data.Preferences;",
            "import org.rewardlab.tensor.AdamW;",
            "import static org.rewardlab.lab.experiment.Claims.*;",
            "import static org.rewardlab.lab.experiment.Figures.*;",
            "import static org.rewardlab.lab.experiment.Seeds.*;",
            "import static org.rewardlab.lab.plot.Plots.*;",
            "import static org.rewardlab.workbench.Notebook.*;");

    @Override
    public List<String> imports() {
        return LINES;
    }
}
