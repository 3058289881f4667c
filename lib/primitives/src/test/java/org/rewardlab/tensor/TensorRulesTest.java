package org.rewardlab.tensor;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How primitives may use tensors, and what they may know of. */
class TensorRulesTest {

    private static final JavaClasses PRIMITIVES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.rewardlab");

    private static final JavaClasses OFFENDERS = new ClassFileImporter().importClasses(Offender.class);

    /** What of java.io a primitive may name: to travel as data. */
    private static final Set<String> TRAVEL = Set.of(Serializable.class.getName());

    /** The classes that make compiled scripts, and the only ones that may write an archive. */
    private static final Set<String> ARCHIVES = Set.of(Script.class.getName(), Torch.class.getName());

    private static DescribedPredicate<JavaCall<?>> call(
            String description, java.util.function.Predicate<AccessTarget.CodeUnitCallTarget> of) {
        return describe(description, call -> of.test(call.getTarget()));
    }

    private static boolean isArrayMethod(AccessTarget.CodeUnitCallTarget target) {
        return target.getOwner().isAssignableTo(NDArray.class)
                || target.getOwner().isEquivalentTo(NDArrays.class);
    }

    /** The primitives keep the rule, and a class made to break it is caught. */
    private static void holds(ArchRule rule) {
        rule.check(PRIMITIVES);
        assertThat(rule.evaluate(OFFENDERS).hasViolation())
                .as("an offender is caught: %s", rule.getDescription())
                .isTrue();
    }

    @Test
    void noNumberIsWrappedInATensorThatIsFreedWhileTheGraphStillReadsIt() {
        holds(noClasses()
                .should()
                .callMethodWhere(call(
                        "an operation that takes a Java number",
                        target -> isArrayMethod(target)
                                && target.getRawParameterTypes().stream()
                                        .anyMatch(type -> type.isEquivalentTo(Number.class)))));
    }

    @Test
    void arraysFromJavaNumbersComeFromTensorsAlone() {
        holds(noClasses()
                .that()
                .doNotBelongToAnyOf(Tensors.class)
                .should()
                .callMethodWhere(call(
                        "NDManager.create of anything but a shape",
                        target -> target.getOwner().isAssignableTo(NDManager.class)
                                && target.getName().equals("create")
                                && !target.getRawParameterTypes().get(0).isEquivalentTo(Shape.class))));
    }

    @Test
    void nothingOfTheEnginesTrainingIsUsed() {
        holds(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.training..", "ai.djl.nn..", "ai.djl.metric..", "ai.djl.translate.."));
    }

    @Test
    void noBfloat16WhichAbortsTheProcess() {
        holds(noClasses().should().accessField(DataType.class, "BFLOAT16"));
    }

    @Test
    void noArrayIsDetachedNamedOrAskedForItsGradient() {
        Set<String> forbidden = Set.of("detach", "setName", "getGradient", "attachGradient");
        holds(noClasses()
                .should()
                .callMethodWhere(call(
                        "NDArray." + forbidden,
                        target -> target.getOwner().isAssignableTo(NDArray.class)
                                && forbidden.contains(target.getName()))));
    }

    @Test
    void gradientModeIsSwitchedInOnePlace() {
        holds(noClasses()
                .that()
                .doNotBelongToAnyOf(GradientMode.class)
                .should()
                .callMethod(JniUtils.class, "setGradMode", boolean.class));
    }

    @Test
    void noGeneratorThatAllThreadsShare() {
        holds(noClasses()
                .should()
                .callMethodWhere(call(
                        "a random array, the engine's seed or Math.random",
                        target -> target.getName().equals("setRandomSeed")
                                || target.getFullName().equals("java.lang.Math.random()")
                                || (target.getOwner().isAssignableTo(NDManager.class)
                                        && target.getName().matches("random.*|truncatedNormal")))));
    }

    @Test
    void nothingIsImportedButTensorsNumbersAndTheJdk() {
        holds(noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.not(resideInAnyPackage(
                        "org.rewardlab..",
                        "java..",
                        "ai.djl..",
                        "org.ejml..",
                        "org.apache.commons.statistics..",
                        "org.apache.commons.numbers..",
                        "org.jspecify..",
                        ""))));
    }

    @Test
    void aPrimitiveKnowsNoFileAndNoClock() {
        holds(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.nio.channels..", "java.net..", "java.time..", "java.sql.."));
        holds(noClasses()
                .that(describe("write no script archive", type -> !ARCHIVES.contains(type.getName())))
                .should()
                .dependOnClassesThat(describe(
                        "are of java.io",
                        type -> type.getPackageName().equals("java.io") && !TRAVEL.contains(type.getName()))));
        holds(noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void staticStateNeverChangesExceptForScriptsThatAreCompiledOnce() throws ReflectiveOperationException {
        for (JavaClass type : PRIMITIVES) {
            for (JavaField field : type.getFields()) {
                Field reflected = field.reflect();
                if (Modifier.isStatic(reflected.getModifiers()) && !reflected.isSynthetic()) {
                    assertThat(Modifier.isFinal(reflected.getModifiers()))
                            .as("%s is final", field.getFullName())
                            .isTrue();
                    reflected.setAccessible(true);
                    assertThat(isConstant(reflected.get(null)))
                            .as("%s never changes", field.getFullName())
                            .isTrue();
                }
            }
        }
    }

    private static boolean isConstant(@org.jspecify.annotations.Nullable Object value)
            throws ReflectiveOperationException {
        if (value == null
                || value instanceof Number
                || value instanceof CharSequence
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum
                || value instanceof Script
                || value instanceof Pattern
                || value instanceof MethodHandle
                || value instanceof ThreadLocal) {
            return true;
        }
        if (value instanceof Collection<?> collection) {
            return isUnmodifiable(value) && allConstant(collection);
        }
        if (value instanceof Map<?, ?> map) {
            return isUnmodifiable(value) && allConstant(map.keySet()) && allConstant(map.values());
        }
        if (value.getClass().isArray()) { // private tables of numbers and lists of none
            return value.getClass().getComponentType().isPrimitive() || Array.getLength(value) == 0;
        }
        if (value.getClass().isHidden() || value.getClass().isSynthetic()) {
            return true; // a lambda
        }
        for (Class<?> type = value.getClass();
                type != null && type != Object.class && type != Record.class;
                type = type.getSuperclass()) {
            if (!type.getName().startsWith("org.rewardlab.")) {
                return false;
            }
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    if (!Modifier.isFinal(field.getModifiers()) || !isConstant(field.get(value))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static boolean isUnmodifiable(Object collection) {
        return collection.getClass().getName().startsWith("java.util.ImmutableCollections$")
                || collection.getClass().getName().startsWith("java.util.Collections$Unmodifiable");
    }

    private static boolean allConstant(Collection<?> elements) throws ReflectiveOperationException {
        for (Object element : elements) {
            if (!isConstant(element)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void scriptsDrawNoNumbersAndUseNoBfloat16() throws ReflectiveOperationException {
        Pattern forbidden = Pattern.compile(
                "torch\\.(rand\\w*|normal\\w*|bernoulli\\w*|multinomial|dropout\\w*|\\w*uniform_)\\(|torch\\.to\\([^)]*, 15\\)");
        int scripts = 0;
        for (JavaClass type : PRIMITIVES) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(Script.class)
                        && Modifier.isStatic(field.reflect().getModifiers())) {
                    Field reflected = field.reflect();
                    reflected.setAccessible(true);
                    assertThat(String.valueOf(reflected.get(null)))
                            .as(field.getFullName())
                            .doesNotContainPattern(forbidden);
                    scripts++;
                }
            }
        }
        assertThat(scripts).as("scripts looked at").isGreaterThan(10);
    }
}
