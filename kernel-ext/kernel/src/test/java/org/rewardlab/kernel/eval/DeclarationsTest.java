package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.output.StreamName;

/** Declarations that wait for others, that cannot be used as they stand, or that have the name of an import. */
class DeclarationsTest extends WithEvaluator {

    DeclarationsTest() {
        super("import java.util.*;", "import java.awt.*;", "import javax.swing.text.View;");
    }

    @AfterEach
    void close() {
        evaluator.close();
    }

    @Test
    void aSealedTypeMayHaveTheNameOfAnImport() {
        done("sealed interface Shape permits Circle, Square {}\n"
                + "record Circle(double r) implements Shape {}\nrecord Square(double s) implements Shape {}");
        assertThat(value("Shape round = new Circle(2); round instanceof Circle c ? c.r() : 0"))
                .isEqualTo(2.0);
    }

    @Test
    void theSubtypesOfASealedTypeMayComeInLaterCells() {
        done("sealed interface Shape permits Circle, Square { double area(); }");
        done("record Circle(double r) implements Shape { @Override public double area() { return 3 * r * r; } }");
        done("record Square(double s) implements Shape { @Override public double area() { return s * s; } }");
        done("Shape shape = new Square(2);");
        assertThat(value("shape.area()")).isEqualTo(4.0);
        assertThat(value("Shape.class.isSealed()")).isEqualTo(true);
        assertThat(plain(failure("record Other() implements Shape { public double area() { return 0; } }")))
                .contains("Shape");
    }

    @Test
    void aSubtypeMayBeOpenAgain() {
        done("""
                sealed interface Shape permits Circle, Any {}
                non-sealed class Any implements Shape {}
                final class Circle implements Shape {}
                class Special extends Any {}
                """);
        assertThat(value("Shape special = new Special(); special instanceof Any"))
                .isEqualTo(true);
        assertThat(value("Shape.class.getPermittedSubclasses().length")).isEqualTo(2);
        done(
                "sealed interface Own permits One, More {}\nnon-sealed class More implements Own {}\nrecord One() implements Own {}");
        assertThat(value("new More() { int f() { return 3; } }.f()")).isEqualTo(3);
        assertThat(value("Own.class.isSealed()")).isEqualTo(true);
    }

    @Test
    void typesThatKnowEachOtherMayHaveTheNameOfAnImport() {
        done("class View { Part part = null; }");
        done("class Part { View whole = new View(); }");
        assertThat(value("new Part().whole.part")).isNull();
    }

    @Test
    void twoVariablesWithoutASemicolonAreNotADeclaration() {
        done("int a = 1; int b = 2;");
        assertThat(plain(failure("a\nb")))
                .contains("';' expected")
                .contains("line 1")
                .contains("a is a variable");
        assertThat(value("a + b")).isEqualTo(3);
        done("Integer b");
        done("class a {}");
        done("a b");
    }

    @Test
    void aDeclarationThatIsTooLargeIsAnError() {
        String numbers = IntStream.range(0, 12_000).mapToObj(String::valueOf).collect(Collectors.joining(",\n"));
        assertThat(plain(failure("int a = 1;\nint[] data = {" + numbers + "};")))
                .contains("code too large")
                .contains("line 2");
        assertThat(value("a")).isEqualTo(1);
    }

    @Test
    void aMethodThatNoLongerCompilesSaysWhy() {
        done("int base() { return 1; } int twice() {\n  return 2 * base(); }");
        done("String base() { return \"1\"; }");
        assertThat(plain(failure("twice()")))
                .contains("bad operand types for binary operator '*'")
                .contains("line 2");
    }

    @Test
    void aNameThatIsDeclaredAndWaitsIsNotCalledMissing() {
        done("class Early { Late late; }");
        assertThat(output.text(StreamName.STDERR)).contains("type Early can be used once class Late is declared");
        assertThat(plain(failure("new Early()")))
                .contains("type Early can be used once class Late is declared")
                .doesNotContain("did you mean");
    }
}
