package org.rewardlab.kernel.install;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The choice of a folder for kernelspecs that the commands share: the user's, or one below a prefix. */
final class KernelsFolder {
    @ArgGroup(exclusive = true)
    private @Nullable Choice choice;

    /** One of the two; the user's folder when neither is given. */
    static final class Choice {
        @Option(names = "--user", description = "in the user's own data folder (the default)")
        boolean user;

        @Option(
                names = "--prefix",
                paramLabel = "DIR",
                description = "in DIR/share/jupyter/kernels, for a virtual environment or the whole machine")
        @Nullable
        Path prefix;
    }

    Path resolve() {
        Path prefix = choice == null ? null : choice.prefix;
        return prefix == null ? JupyterFolders.ofThisUser().userKernels() : JupyterFolders.prefixKernels(prefix);
    }
}
