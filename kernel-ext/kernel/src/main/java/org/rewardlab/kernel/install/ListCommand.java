package org.rewardlab.kernel.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the kernelspecs that Jupyter would find, ours and others'. */
@Command(
        name = "list",
        description = "List the kernels that Jupyter would find.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--prefix", paramLabel = "DIR", description = "look in DIR/share/jupyter/kernels alone")
    private @Nullable Path prefix;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Path> folders =
                prefix == null ? JupyterFolders.ofThisUser().searched() : List.of(JupyterFolders.prefixKernels(prefix));
        List<Path> kernels = new ArrayList<>();
        folders.forEach(folder -> kernels.addAll(kernelsIn(folder)));
        for (Path kernel : kernels) {
            out.printf("%-20s %-24s %s%n", kernel.getFileName(), displayName(kernel), kernel);
        }
        if (kernels.isEmpty()) {
            out.println("no kernels in " + folders);
        }
        out.flush();
        return 0;
    }

    private static List<Path> kernelsIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve("kernel.json")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String displayName(Path kernel) {
        try {
            JsonNode json =
                    new ObjectMapper().readTree(kernel.resolve("kernel.json").toFile());
            return json.path("display_name").asText();
        } catch (IOException e) {
            return "(broken kernel.json)";
        }
    }
}
