package org.rewardlab.kernel.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.kernel.output.StreamName;

class EvaluatorTest extends WithEvaluator {

    EvaluatorTest() {
        super("import java.util.*;", "import java.util.concurrent.*;", "import java.util.stream.*;");
    }

    @AfterEach
    void close() {
        evaluator.close();
    }

    @Test
    void theLastExpressionIsTheObjectItself() {
        assertThat(value("1 + 1")).isEqualTo(2);
        done("var list = new ArrayList<String>(); list.add(\"a\");");
        assertThat(value("list")).isInstanceOf(java.util.ArrayList.class).isSameAs(value("list"));
        assertThat(value("null")).isNull();
        done("1 + 1;");
        done("int a; a = 5");
        assertThat(value("a")).isEqualTo(5);
    }

    @Test
    void variablesSurviveLaterImportsAndDeclarations() {
        done("List<String> xs = new ArrayList<>(List.of(\"a\")); int n = 7;");
        done("import java.nio.file.*;\nimport java.text.*;");
        assertThat(value("xs")).isEqualTo(List.of("a"));
        assertThat(value("n")).isEqualTo(7);
        done("int f() { return n; }");
        done("n = 8;");
        done("import java.awt.*; import java.util.List;");
        assertThat(value("f() + xs.size()")).isEqualTo(9);
    }

    @Test
    void variablesSurviveImportsThatMakeTheirTypesAmbiguous() {
        done("List<String> names = new ArrayList<>(List.of(\"a\")); List<int[]> other = null;");
        done("import java.awt.*;");
        assertThat(value("names.get(0).length()")).isEqualTo(1);
        done("names.add(\"b\");");
        assertThat(value("names")).isEqualTo(List.of("a", "b"));
        assertThat(value("other")).isNull();
    }

    @Test
    void linesAreRightForMethodsAfterOtherDeclarations() {
        ErrorReport report =
                failure("import java.util.*;\n\nint boom() {\n    throw new IllegalStateException();\n}\n\nboom()");
        assertThat(plain(report)).contains("In [1] boom(), line 4").contains("In [1], line 7");
    }

    @Test
    void aRedeclaredVariableStartsAgain() {
        done("int x = 5;");
        done("int x;");
        assertThat(value("x")).isEqualTo(0);
        done("String x = \"s\";");
        assertThat(value("x")).isEqualTo("s");
        done("int x = 3;");
        assertThat(value("x")).isEqualTo(3);
    }

    @Test
    void variablesOfARedeclaredClassAreResetWithAWord() {
        done("class Foo { int a = 1; }");
        done("Foo foo = new Foo(); int other = 3;");
        done("class Foo { int a = 2; }");
        assertThat(output.text(StreamName.STDERR)).contains("reset").contains("foo");
        assertThat(value("foo")).isNull();
        assertThat(value("other")).isEqualTo(3);
    }

    @Test
    void sealedTypesAndForwardReferencesWorkInOneCell() {
        done("""
                sealed interface Shape {}
                record Circle(double r) implements Shape {}
                record Square(double s) implements Shape {}
                double area(Shape s) { return s instanceof Circle c ? c.r() : half(((Square) s).s()); }
                double half(double x) { return x / 2; }
                class A { B b; }
                class B { A a; }
                """);
        assertThat(value("area(new Square(3))")).isEqualTo(1.5);
        assertThat(value("new A().b")).isNull();
        assertThat(output.text(StreamName.STDERR)).isEmpty();
    }

    @Test
    void recordsMayCheckTheirComponents() {
        done("""
                record Range(int from, int to) {
                    Range {
                        if (from > to) throw new IllegalArgumentException("from " + from + " to " + to);
                    }
                    Range(int to) { this(0, to); }
                    static Range of(int to) { return new Range(to); }
                }
                """);
        assertThat(value("new Range(3).to() + Range.of(4).to()")).isEqualTo(7);
        assertThat(failure("new Range(3, 1)").evalue()).isEqualTo("from 3 to 1");
    }

    @Test
    void aRuntimeErrorNamesCellAndLine() {
        done("int deep(int k) {\n    return 10 / k;\n}");
        ErrorReport report = failure("int a = 1;\nint b = 0;\nint c = deep(b);\n");
        assertThat(report.ename()).isEqualTo("java.lang.ArithmeticException");
        assertThat(report.evalue()).isEqualTo("/ by zero");
        assertThat(plain(report))
                .contains("In [1] deep(), line 2")
                .contains("In [2], line 3")
                .contains("----> 2 |     return 10 / k;")
                .doesNotContain("jdk.jshell")
                .doesNotContain("REPL");
    }

    @Test
    void whatEndsAThreadIsShownWithTheLinesOfItsCell() {
        done("""
                void work() {
                    int zero = 0;
                    System.out.println(1 / zero);
                }
                """);
        done("""
                var gone = new Thread(() -> {
                    String nothing = null;
                    work();
                }, "worker");
                gone.start();
                gone.join();
                """);
        assertThat(output.text(StreamName.STDERR).replaceAll("\u001b\\[[0-9;]*m", ""))
                .startsWith("Thread worker ended: java.lang.ArithmeticException: / by zero\nIn [1] work(), line 3\n")
                .contains(
                        "System.out.println(1 / zero)", "    at In [1] work(), line 3\n    at In [2] lambda(), line 3")
                .doesNotContain("REPL", "Thread.run");
    }

    @Test
    void aNotebooksOwnExceptionHasItsOwnName() {
        done("class MyError extends RuntimeException { MyError(String m, Throwable c) { super(m, c); } }");
        ErrorReport report = failure(
                "try { Object o = null; o.toString(); } catch (Exception e) { throw new MyError(\"mine\", e); }");
        assertThat(report.ename()).isEqualTo("MyError");
        assertThat(report.evalue()).isEqualTo("mine");
        assertThat(plain(report)).contains("Caused by: java.lang.NullPointerException");
    }

    @Test
    void aNullVariableIsNamedAsTheNotebookNamesIt() {
        done("String nothing = null;\nint[][] rows = new int[1][];");
        assertThat(failure("nothing.length()").evalue())
                .isEqualTo("Cannot invoke \"String.length()\" because \"nothing\" is null");
        assertThat(failure("rows[0][2] = 1;").evalue())
                .isEqualTo("Cannot store to int array because \"rows[0]\" is null");
        assertThat(plain(failure(
                        "try { nothing.length(); } catch (Exception e) { throw new RuntimeException(\"outer\", e); }")))
                .contains("because \"nothing\" is null")
                .doesNotContain("REPL");
    }

    @Test
    void aCompileErrorShowsTheLineAndASuggestion() {
        done("int counter = 1;");
        ErrorReport report = failure("int a = 1;\nint b = countr + 1;");
        assertThat(report.ename()).isEqualTo("CompilationException");
        assertThat(plain(report)).contains("In [2], line 2").contains("^^^^^^").contains("did you mean counter?");
        assertThat(plain(failure("var p = new FileSystemNotFoundException();")))
                .contains("import java.nio.file.FileSystemNotFoundException;");
    }

    @Test
    void anIncompleteCellSaysWhichBracketIsOpen() {
        assertThat(failure("int f() {\n  return 1;\n").evalue()).contains("'{' opened on line 1");
    }

    @Test
    void plainStatementsAreJoinedAndKeepTheirLines() {
        done("int s = 0;");
        StringBuilder cell = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            cell.append("s += ").append(i).append(";\n");
        }
        done(cell.toString());
        assertThat(value("s")).isEqualTo(190);
        assertThat(plain(failure(cell + "s = s / 0;\n"))).contains("In [4], line 21");
        ErrorReport wrong = failure("s = 1;\ns = 2;\ns = nothing;\ns = 4;");
        assertThat(plain(wrong)).contains("line 3");
        assertThat(value("s")).isEqualTo(2);
    }

    @Test
    void exitIsRefused() {
        assertThat(failure("System.exit(3);").evalue()).contains("restart");
        assertThat(failure("Runtime.getRuntime().halt(3);").evalue()).contains("restart");
    }

    @Test
    void errorsOfTheMachineAreSurvived() {
        done("int forever(int n) { return forever(n + 1) + 1; }");
        ErrorReport report = failure("forever(0)");
        assertThat(report.ename()).isEqualTo("java.lang.StackOverflowError");
        assertThat(report.traceback()).hasSizeLessThan(60);
        assertThat(value("1 + 1")).isEqualTo(2);
    }

    @Test
    void theLastThreeResultsHaveNames() {
        value("40");
        value("\"text\"");
        assertThat(value("_.length() + __")).isEqualTo(44);
    }

    @Test
    void aDeclarationThatWaitsForAnotherIsNotedAndRunsLater() {
        done("int early() { return late() + 1; }");
        assertThat(output.text(StreamName.STDERR)).contains("late()");
        assertThat(failure("early()").evalue()).contains("late()");
        done("int late() { return 1; }");
        assertThat(value("early()")).isEqualTo(2);
    }

    @Test
    void aNotebooksStarImportIsMeantBeforeThatOfEveryNotebook() {
        try (Evaluator given = Evaluator.builder()
                .startup(List.of("import java.util.*;", "import org.assertj.core.api.*;"))
                .build()) {
            assertThat(given.evaluate("Condition.class.getName()", 1, output))
                    .isEqualTo(new Outcome.Value("org.assertj.core.api.Condition"));
            given.evaluate("import java.util.concurrent.locks.*;", 2, output);
            assertThat(given.evaluate("String name(Class<Condition> c) { return c.getName(); }", 3, output))
                    .isEqualTo(new Outcome.Done());
            assertThat(given.evaluate("name(Condition.class)", 4, output))
                    .isEqualTo(new Outcome.Value("java.util.concurrent.locks.Condition"));
            given.evaluate("import java.awt.*;", 5, output);
            assertThat(given.evaluate("List mine = null;", 6, output)).isInstanceOf(Outcome.Failed.class);
        }
    }
}
