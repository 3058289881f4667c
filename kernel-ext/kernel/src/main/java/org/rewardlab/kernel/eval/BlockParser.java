package org.rewardlab.kernel.eval;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.CompoundAssignmentTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Splits a cell in one parse, by reading it as the body of a method; cells with methods or imports need another way. */
final class BlockParser {

    private static final String HEAD = "class C{void m()throws Throwable{";

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files =
            new CompilerFiles(compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8));

    /** The parts of the text, or null where it is not a sequence of statements. */
    @Nullable
    List<Part> parse(String text) {
        AtomicBoolean broken = new AtomicBoolean();
        DiagnosticListener<JavaFileObject> listener = problem -> {
            if (problem.getKind() == Diagnostic.Kind.ERROR && !problem.getCode().equals("compiler.err.not.stmt")) {
                broken.set(true);
            }
        };
        JavacTask task = (JavacTask)
                compiler.getTask(null, files, listener, List.of("-proc:none"), null, List.of(new Cell(text)));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return broken.get() ? null : parts(text, unit, Trees.instance(task).getSourcePositions());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return null;
        }
    }

    private static @Nullable List<Part> parts(String text, CompilationUnitTree unit, SourcePositions positions) {
        if (unit.getTypeDecls().size() != 1 || !(unit.getTypeDecls().get(0) instanceof ClassTree holder)) {
            return null;
        }
        List<? extends Tree> members = holder.getMembers();
        if (members.size() != 1 || !(members.get(0) instanceof MethodTree method)) {
            return null;
        }
        BlockTree body = method.getBody();
        List<Part> parts = new ArrayList<>();
        for (StatementTree statement : body.getStatements()) {
            int start = (int) positions.getStartPosition(unit, statement) - HEAD.length();
            int end = (int) positions.getEndPosition(unit, statement) - HEAD.length();
            if (start < 0 || end < start) {
                return null;
            }
            if (!(statement instanceof EmptyStatementTree)) {
                add(parts, part(text, statement, start, end));
            }
        }
        return parts;
    }

    /** Several variables of one declaration are one part: their trees begin at the same type. */
    private static void add(List<Part> parts, Part next) {
        Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
        if (last != null && next.start() < last.end()) {
            parts.set(
                    parts.size() - 1,
                    new Part(last.start(), Math.max(last.end(), next.end()), Part.Kind.OTHER, next.terminated()));
        } else {
            parts.add(next);
        }
    }

    private static Part part(String text, StatementTree statement, int start, int end) {
        boolean terminated = end <= text.length();
        int stop = Math.min(end, text.stripTrailing().length());
        if (statement instanceof VariableTree || statement instanceof ClassTree) {
            return new Part(start, stop, Part.Kind.OTHER, true);
        }
        if (!(statement instanceof ExpressionStatementTree expression)) {
            boolean value = ValueSwitch.is(statement);
            return new Part(start, stop, value ? Part.Kind.VALUE : Part.Kind.STATEMENT, !value);
        }
        // An assignment shows nothing, to whatever it assigns; one with an operator has a value to look at.
        boolean quiet = terminated || expression.getExpression() instanceof AssignmentTree;
        return new Part(start, stop, kind(expression.getExpression(), terminated), quiet);
    }

    private static boolean assigns(ExpressionTree expression) {
        return expression instanceof AssignmentTree || expression instanceof CompoundAssignmentTree;
    }

    private static Part.Kind kind(ExpressionTree expression, boolean terminated) {
        boolean assigns = assigns(expression);
        boolean runs = switch (expression.getKind()) {
            case METHOD_INVOCATION,
                    NEW_CLASS,
                    PREFIX_INCREMENT,
                    PREFIX_DECREMENT,
                    POSTFIX_INCREMENT,
                    POSTFIX_DECREMENT -> true;
            default -> assigns;
        };
        if (runs && terminated) {
            return Part.Kind.STATEMENT;
        }
        return assigns || dependsOnTarget(expression) ? Part.Kind.EXPRESSION : Part.Kind.VALUE;
    }

    /** Whether the type that is asked for changes what the expression is: {@code 1} of a switch may be {@code 1.0}. */
    private static boolean dependsOnTarget(Tree expression) {
        return switch (expression.getKind()) {
            case LAMBDA_EXPRESSION, MEMBER_REFERENCE, SWITCH_EXPRESSION -> true;
            // An expression that is no statement is wrapped in the error that says so.
            case ERRONEOUS ->
                ((ErroneousTree) expression).getErrorTrees().stream().anyMatch(BlockParser::dependsOnTarget);
            case PARENTHESIZED -> dependsOnTarget(((ParenthesizedTree) expression).getExpression());
            case CONDITIONAL_EXPRESSION -> {
                ConditionalExpressionTree choice = (ConditionalExpressionTree) expression;
                yield dependsOnTarget(choice.getTrueExpression()) || dependsOnTarget(choice.getFalseExpression());
            }
            default -> false;
        };
    }

    private static final class Cell extends SimpleJavaFileObject {

        private final String text;

        Cell(String text) {
            super(URI.create("string:///C.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return HEAD + text + "\n;}}";
        }
    }
}
