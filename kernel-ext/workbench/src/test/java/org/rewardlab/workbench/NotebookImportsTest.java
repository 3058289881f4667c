package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NotebookImportsTest {

    private static final List<String> KERNEL = List.of(
            "java.lang",
            "java.util",
            "java.io",
            "java.math",
            "java.net",
            "java.time",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream");

    @Test
    void noSimpleNameMeansTwoClasses() {
        List<String> packages = new ArrayList<>(KERNEL);
        List<String> explicit = new ArrayList<>();
        for (String line : ImportLines.ALL) {
            String name = line.substring("import ".length(), line.length() - 1);
            if (name.startsWith("static ")) {
                continue;
            }
            if (name.endsWith(".*")) {
                packages.add(name.substring(0, name.length() - 2));
            } else {
                explicit.add(name.substring(name.lastIndexOf('.') + 1));
            }
        }
        Map<String, TreeSet<String>> byName = new TreeMap<>();
        for (String each : packages) {
            for (JavaClass type : classesOf(each)) {
                byName.computeIfAbsent(type.getSimpleName(), n -> new TreeSet<>())
                        .add(type.getName());
            }
        }
        byName.values().removeIf(names -> names.size() < 2);
        byName.keySet().removeAll(explicit);
        assertThat(byName).isEmpty();
    }

    private static List<JavaClass> classesOf(String packageName) {
        List<Location> locations = new ArrayList<>(Locations.ofPackage(packageName));
        return new ClassFileImporter()
                .importLocations(locations).stream()
                        .filter(type -> type.getPackageName().equals(packageName) && type.isTopLevelClass())
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .toList();
    }
}
