package org.rewardlab.kernel;

import org.rewardlab.kernel.install.InstallCommand;
import org.rewardlab.kernel.install.InstallException;
import org.rewardlab.kernel.install.ListCommand;
import org.rewardlab.kernel.install.RemoveCommand;
import org.rewardlab.kernel.run.RunCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the kernel: run notebooks, install the kernel for Jupyter, list and remove kernels. */
@Command(
        name = "rewardlab-kernel",
        description = "Java notebooks: run them without Jupyter, or install the kernel for Jupyter.",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, InstallCommand.class, ListCommand.class, RemoveCommand.class})
public final class Tool {
    private static final int BAD_INPUT = 2;

    private Tool() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs a command and returns its exit status; 2 for bad input, which is named in one line. */
    public static int execute(String... arguments) {
        CommandLine commands = commands();
        return arguments.length == 0 ? commands.execute("--help") : commands.execute(arguments);
    }

    /** The commands, for whoever wants their output elsewhere. */
    public static CommandLine commands() {
        CommandLine commands = new CommandLine(new Tool());
        commands.setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler((e, command, parsed) -> {
            boolean known = e instanceof InstallException || e instanceof java.io.UncheckedIOException;
            command.getErr().println(known ? String.valueOf(e.getMessage()) : e.toString());
            if (!known) {
                e.printStackTrace(command.getErr());
            }
            return BAD_INPUT;
        });
        return commands;
    }
}
