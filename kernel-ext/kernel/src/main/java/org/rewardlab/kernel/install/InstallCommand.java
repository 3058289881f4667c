package org.rewardlab.kernel.install;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rewardlab.kernel.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Installs the kernel for Jupyter, with the JDK and the class path that run this command. */
@Command(
        name = "install",
        description = "Install the kernel for Jupyter, with the JDK and class path that run this command.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class InstallCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KernelsFolder kernels = new KernelsFolder();

    @Option(
            names = "--property",
            paramLabel = "K=V",
            description = "a system property of the kernel's JVM; may be given several times")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--env",
            paramLabel = "K=V",
            description = "an environment variable of the kernel; may be given several times")
    private Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--no-archive", description = "skip the dry start that makes later starts faster")
    private boolean noArchive;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        KernelStart start = KernelStart.ofThisProgram(Main.class.getName()).with(properties, environment);
        Kernelspec kernelspec = Kernelspec.in(kernels.resolve());
        kernelspec.write(start, JupyterFolders.ofThisUser().isWindows());
        out.println("installed " + Kernelspec.DISPLAY_NAME + " in " + kernelspec.folder());
        out.println("  starts " + start.java() + " (Java " + start.feature() + ")");
        out.flush();
        if (!noArchive) {
            String trouble = kernelspec.archive(start, DryStart.class.getName());
            out.println(
                    trouble.isEmpty()
                            ? "  prepared its classes, so that it starts faster"
                            : "  without prepared classes (it starts slower, nothing else): " + trouble);
        }
        return 0;
    }
}
