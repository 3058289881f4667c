package org.rewardlab.examples;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Numbers;
import org.rewardlab.tensor.Parameters;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.ValueCheck;

/** What the library offers: records of hyperparameters, classes of functions, and the few objects around them. */
final class Primitives {

    private static final List<Class<?>> PUBLIC = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("org.rewardlab").stream()
                    .filter(type -> !type.isAnonymousClass() && !type.isLocalClass())
                    .map(JavaClass::reflect)
                    .filter(Primitives::isVisible)
                    .sorted(java.util.Comparator.comparing(Class::getName))
                    .<Class<?>>map(type -> type)
                    .toList();

    /** What primitives are made of, and not primitives themselves: one example for the class will do. */
    private static final Set<Class<?>> TOOLS =
            Set.of(Check.class, GradientMode.class, Numbers.class, Parameters.class, Scope.class, ValueCheck.class);

    private Primitives() {}

    /** The packages that hold public types. */
    static List<String> packages() {
        return PUBLIC.stream().map(Class::getPackageName).distinct().sorted().toList();
    }

    /** What has no example in its source file, each with its reason. */
    static List<String> withoutExample(Path sources) {
        List<String> missing = new ArrayList<>();
        for (Class<?> type : PUBLIC) {
            if (type.isInterface() || type.isEnum() || isData(type)) {
                continue;
            }
            String code = codeOf(type, sources);
            if (isFunctions(type) && !TOOLS.contains(type)) {
                Arrays.stream(type.getDeclaredMethods())
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                        .map(Method::getName)
                        .distinct()
                        .sorted()
                        .map(method -> type.getSimpleName() + "." + method)
                        .filter(call -> !code.contains(call + "("))
                        .forEach(call -> missing.add(call + ": called in no example of its file"));
            } else if (!mentions(code, type.getSimpleName())) {
                missing.add(type.getName() + ": made in no example of its file");
            }
        }
        return missing;
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isVisible(type.getEnclosingClass()));
    }

    /** A record that carries arrays or state, and computes nothing of its own. */
    private static boolean isData(Class<?> type) {
        if (!type.isRecord()) {
            return false;
        }
        boolean carries = Arrays.stream(type.getRecordComponents())
                .anyMatch(component ->
                        component.getType() == NDArray.class || component.getType() == java.util.Map.class);
        boolean primitive = Arrays.stream(type.getInterfaces())
                .anyMatch(family -> family.getName().startsWith("org.rewardlab.") && family != LossInput.class);
        return carries || (!primitive && type.getEnclosingClass() != null);
    }

    private static boolean isFunctions(Class<?> type) {
        return !type.isRecord() && type.getConstructors().length == 0;
    }

    private static boolean mentions(String code, String name) {
        return Pattern.compile("\\b" + name + "\\b").matcher(code).find();
    }

    private static String codeOf(Class<?> type, Path sources) {
        Class<?> outer = type;
        while (outer.getEnclosingClass() != null) {
            outer = outer.getEnclosingClass();
        }
        StringBuilder code = new StringBuilder();
        for (Example example : Example.in(sources.resolve(outer.getName().replace('.', '/') + ".java"))) {
            example.steps().forEach(step -> code.append(step.code()));
        }
        return code.toString();
    }
}
