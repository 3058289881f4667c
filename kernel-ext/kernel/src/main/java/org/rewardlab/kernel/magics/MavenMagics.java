package org.rewardlab.kernel.magics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.maven.Added;
import org.rewardlab.kernel.maven.MavenResolver;
import org.rewardlab.kernel.maven.PomReader;
import org.rewardlab.kernel.session.Session;

/** {@code %maven}, {@code %mavenRepo}, {@code %loadFromPOM} and {@code %%loadFromPOM}, under all names they have had. */
final class MavenMagics {

    private final Session session;
    private @Nullable MavenResolver resolver;

    private MavenMagics(Session session) {
        this.session = session;
    }

    static void register(Session session) {
        MavenMagics magics = new MavenMagics(session);
        LineMagic<Object, Session> maven = (kernel, arguments) -> magics.maven(arguments);
        LineMagic<Object, Session> repository = (kernel, arguments) -> magics.repository(arguments);
        LineMagic<Object, Session> pomFile = (kernel, arguments) -> magics.pomFile(arguments);
        CellMagic<Object, Session> pomCell = (kernel, arguments, body) -> {
            List<String> unused = magics.pom(body, arguments);
            return null;
        };
        for (String name : List.of("maven", "addMavenDependency", "addMavenDependencies")) {
            session.getMagicsRegistry().registerLineMagic(name, maven);
        }
        for (String name : List.of("mavenRepo", "addMavenRepo")) {
            session.getMagicsRegistry().registerLineMagic(name, repository);
        }
        session.getMagicsRegistry().registerLineMagic("loadFromPOM", pomFile).registerCellMagic("loadFromPOM", pomCell);
    }

    /** Made at the first use: most notebooks need none. */
    private MavenResolver resolver() {
        MavenResolver made = resolver;
        if (made == null) {
            made = new MavenResolver();
            resolver = made;
        }
        return made;
    }

    private List<String> maven(List<String> arguments) {
        List<String> coordinates = new ArrayList<>();
        boolean verbose = false;
        for (int i = 0; i < arguments.size(); i++) {
            String each = arguments.get(i);
            if (each.equals("-v") || each.equals("--verbose")) {
                verbose = true;
            } else if (each.startsWith("--from")) {
                boolean apart = each.equals("--from") && i + 1 < arguments.size();
                String from = apart ? arguments.get(++i) : each.substring(each.indexOf('=') + 1);
                resolver().addRepository("from-" + Integer.toHexString(from.hashCode()), from);
            } else {
                coordinates.add(each);
            }
        }
        if (coordinates.isEmpty()) {
            throw new IllegalArgumentException("maven: expected group:artifact:version, got nothing");
        }
        return add(resolver().resolve(coordinates), String.join(" ", coordinates), verbose);
    }

    private List<String> add(Added found, String what, boolean verbose) {
        session.addToClasspath(found.files());
        found.notes().forEach(note -> System.err.println("[" + note + "]"));
        if (!found.files().isEmpty()) {
            long bytes = found.files().stream().mapToLong(MavenMagics::size).sum();
            String summary = "added " + found.files().size() + (found.files().size() == 1 ? " jar, " : " jars, ")
                    + Words.size(bytes) + ": " + what;
            Words.folded(summary, found.names());
            if (verbose) {
                found.files().forEach(System.out::println);
            }
        }
        return found.files().stream().map(Path::toString).toList();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private @Nullable Object repository(List<String> arguments) {
        if (arguments.size() != 2) {
            throw new IllegalArgumentException("mavenRepo: expected an id and an address, got " + arguments);
        }
        resolver().addRepository(arguments.get(0), arguments.get(1));
        return null;
    }

    private List<String> pomFile(List<String> arguments) throws IOException {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("loadFromPOM: expected the path of a POM, got nothing");
        }
        Path file = session.folders().resolve(arguments.get(0));
        List<String> scopes = arguments.subList(1, arguments.size());
        return add(new PomReader(resolver()).resolve(file, scopes), "from a POM", false);
    }

    private List<String> pom(String xml, List<String> scopes) {
        return add(new PomReader(resolver()).resolve(xml, scopes), "from a POM", false);
    }
}
