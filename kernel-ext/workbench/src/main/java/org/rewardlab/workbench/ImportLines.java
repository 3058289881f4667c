package org.rewardlab.workbench;

import java.util.List;

/**
 * What every notebook has imported beside the kernel's own: the library, tensors, tables, and the words of {@link Notebook}.
 * A class whose name stands in two of the packages is imported by itself.
 */
public final class ImportLines {

    /** The lines, in order; each costs JShell some ten milliseconds at the start of a kernel. */
    public static final List<String> ALL = List.of(
            "import org.rewardlab.tensor.*;",
            "import org.rewardlab.preference.*;",
            "import org.rewardlab.reward.*;",
            "import org.rewardlab.credit.*;",
            "import org.rewardlab.policy.*;",
            "import org.rewardlab.evaluate.*;",
            "import org.rewardlab.select.*;",
            "import org.rewardlab.text.*;",
            "import org.rewardlab.verify.*;",
            "import org.rewardlab.lab.data.*;",
            "import org.rewardlab.lab.display.*;",
            "import org.rewardlab.lab.environment.*;",
            "import org.rewardlab.lab.experiment.*;",
            "import org.rewardlab.lab.generate.*;",
            "import org.rewardlab.lab.judge.*;",
            "import org.rewardlab.lab.judge.math.*;",
            "import org.rewardlab.lab.model.*;",
            "import org.rewardlab.lab.paper.*;",
            "import org.rewardlab.lab.plot.*;",
            "import org.rewardlab.lab.statistics.*;",
            "import org.rewardlab.lab.train.*;",
            "import ai.djl.ndarray.*;",
            "import ai.djl.ndarray.types.*;",
            "import tech.tablesaw.api.*;",
            "import org.rewardlab.lab.data.Preferences;",
            "import static org.rewardlab.lab.experiment.Claims.*;",
            "import static org.rewardlab.lab.experiment.Figures.*;",
            "import static org.rewardlab.lab.experiment.Seeds.*;",
            "import static org.rewardlab.lab.plot.Plots.*;",
            "import static org.rewardlab.workbench.Notebook.*;",
            "import static org.rewardlab.workbench.widget.Widgets.*;");

    private ImportLines() {}
}
