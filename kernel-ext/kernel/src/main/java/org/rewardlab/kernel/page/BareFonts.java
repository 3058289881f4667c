package org.rewardlab.kernel.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Lets Java set type on a Linux machine without fonts: formulas bring their own, but Java refuses to start its font
 * machinery where the system has none, unless it is told by a configuration that there are none.
 */
final class BareFonts {
    private static final String PROPERTY = "sun.awt.fontconfig";
    private static final List<String> FONTS =
            List.of("/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/X11/fonts");
    private static final List<String> LIBRARIES = List.of("/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64");
    private static final int DEEPEST = 5;

    private static boolean prepared;

    private BareFonts() {}

    /** Call before the first class of AWT is used; a second call does nothing. */
    static synchronized void prepare() {
        if (prepared) {
            return;
        }
        prepared = true;
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
        if (!linux || System.getProperty(PROPERTY) != null || systemHasFonts()) {
            return;
        }
        try {
            Path configuration = Files.createTempFile("fonts", ".properties");
            Files.writeString(configuration, "version=1\nsequence.allfonts=default\n");
            configuration.toFile().deleteOnExit();
            System.setProperty(PROPERTY, configuration.toString());
        } catch (IOException e) {
            prepared = false; // formulas then show their source, as wherever they cannot be set
        }
    }

    private static boolean systemHasFonts() {
        boolean configured = Files.exists(Path.of("/etc/fonts/fonts.conf")) || System.getenv("FONTCONFIG_FILE") != null;
        return configured
                && FONTS.stream().anyMatch(folder -> holds(folder, DEEPEST, ".ttf", ".otf", ".ttc", ".pfb", ".pcf.gz"))
                && LIBRARIES.stream().anyMatch(folder -> holds(folder, 2, "libfontconfig.so.1"));
    }

    private static boolean holds(String folder, int depth, String... endings) {
        Path root = Path.of(folder);
        if (!Files.isDirectory(root)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(root, depth)) {
            return files.anyMatch(file -> Stream.of(endings).anyMatch(file.toString()::endsWith));
        } catch (IOException | java.io.UncheckedIOException e) {
            return true;
        }
    }
}
