package org.rewardlab.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page of each package teaches its family: every public class stands in one of its tables, and links lead somewhere. */
class PackagePagesTest {

    private static final Path SOURCES = Path.of("src/main/java/org/rewardlab");

    private static final Pattern TABLE = Pattern.compile("<table>.*?</table>");

    private static final Pattern CAPTION = Pattern.compile("<caption>.*?</caption>");

    private static final Pattern LINK = Pattern.compile("\\{@link org\\.rewardlab\\.\\w+\\.(\\w+)[ }]");

    private static final Pattern PLACE = Pattern.compile("\\{@link org\\.rewardlab\\.(\\w+)\\.([A-Z]\\w*)");

    @TestFactory
    Stream<DynamicTest> everyPublicClassStandsInATableOfItsPackage() {
        List<Path> packages = list(SOURCES);
        assertThat(packages).hasSizeGreaterThan(5);
        return packages.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    Set<String> classes = publicClasses(folder);
                    assertThat(classes).isNotEmpty();
                    classes.removeAll(inTables(page(folder)));
                    assertThat(classes)
                            .as("public classes in no table of %s", folder.resolve("package-info.java"))
                            .isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyTableHasACaptionOfItsOwn() {
        return list(SOURCES).stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    List<String> tables =
                            matches(TABLE, page(folder)).map(MatchResult::group).toList();
                    List<String> captions = matches(CAPTION, page(folder))
                            .map(MatchResult::group)
                            .toList();
                    assertThat(captions).hasSameSizeAs(tables).doesNotHaveDuplicates();
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsToAClass() {
        return list(SOURCES).stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> {
                    List<String> lost = matches(PLACE, page(folder))
                            .filter(link ->
                                    !Files.exists(SOURCES.resolve(link.group(1)).resolve(link.group(2) + ".java")))
                            .map(MatchResult::group)
                            .toList();
                    assertThat(lost).isEmpty();
                }));
    }

    @Test
    void aClassOutsideTheTablesIsSeen() {
        String page =
                "{@link org.rewardlab.a.Outside} <table><caption>c</caption> {@link org.rewardlab.a.Inside}</table>";
        assertThat(inTables(page)).containsExactly("Inside");
    }

    private static Set<String> inTables(String page) {
        return matches(TABLE, page)
                .flatMap(table -> matches(LINK, table.group()))
                .map(link -> link.group(1))
                .collect(Collectors.toSet());
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    /** The page on one line, without the stars of its comment. */
    private static String page(Path folder) {
        return read(folder.resolve("package-info.java"))
                .replaceAll("\\R\\s*\\*", " ")
                .replaceAll("\\s+", " ");
    }

    private static Set<String> publicClasses(Path folder) {
        Set<String> names = new TreeSet<>();
        for (Path file : list(folder)) {
            String name = file.getFileName().toString().replace(".java", "");
            Pattern declared = Pattern.compile(
                    "^public (\\w+ )*(class|record|interface|enum|@interface) " + name + "\\b", Pattern.MULTILINE);
            if (declared.matcher(read(file)).find()) {
                names.add(name);
            }
        }
        return names;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
