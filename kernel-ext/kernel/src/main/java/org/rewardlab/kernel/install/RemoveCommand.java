package org.rewardlab.kernel.install;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the kernel out of Jupyter again. */
@Command(
        name = "remove",
        description = "Take the kernel out of Jupyter again.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RemoveCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KernelsFolder kernels = new KernelsFolder();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Kernelspec kernelspec = Kernelspec.in(kernels.resolve());
        boolean removed = kernelspec.remove();
        out.println((removed ? "removed " : "there was none: ") + kernelspec.folder());
        out.flush();
        return 0;
    }
}
