package org.rewardlab.lab.paper;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.lab.experiment.Home;

/** The catalogue in a terminal: the table, one paper, the gallery's page, and the collecting of runs with other seeds. */
public final class PapersCommand {
    private static final String USAGE = """
            papers              the catalogue as a table
            papers NUMBER       one paper
            papers --gallery    writes figures/INDEX.md from the kept notebooks
            """;

    private PapersCommand() {}

    /** Runs the command. */
    public static void main(String[] arguments) throws IOException {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            System.out.println(Papers.table().printAll());
            return 0;
        }
        String first = arguments.get(0);
        if (first.equals("--gallery") && arguments.size() == 1) {
            new Gallery(Home.folder()).write();
            return 0;
        }
        if (first.equals("--seeds") && arguments.size() > 2) {
            return collect(arguments.get(1), arguments.subList(2, arguments.size()));
        }
        if (first.matches("\\d{1,2}") && arguments.size() == 1) {
            try {
                System.out.println(Papers.of(Integer.parseInt(first)).headline());
                return 0;
            } catch (IllegalArgumentException e) {
                System.err.println("papers: " + e.getMessage());
                return 2;
            }
        }
        System.err.print(USAGE);
        return first.equals("--help") ? 0 : 2;
    }

    /** Collects runs of one notebook: {@code --seeds NAME SEED=FILE...}. */
    private static int collect(String name, List<String> runs) throws IOException {
        List<Long> seeds = new ArrayList<>();
        List<ExecutedNotebook> notebooks = new ArrayList<>();
        Path figures = Home.folder().resolve("figures");
        for (String run : runs) {
            int equals = run.indexOf('=');
            seeds.add(Long.parseLong(run.substring(0, equals)));
            notebooks.add(ExecutedNotebook.read(Path.of(run.substring(equals + 1)), figures));
        }
        UnseenSeeds found = UnseenSeeds.of(seeds, notebooks);
        found.write(figures, name);
        System.out.println(name + ": holds for " + found.summary());
        return found.verdicts().stream().allMatch("holds"::equals) ? 0 : 3;
    }
}
