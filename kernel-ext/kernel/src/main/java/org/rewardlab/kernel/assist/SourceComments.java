package org.rewardlab.kernel.assist;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Documentation comments of libraries, from the jars of sources that lie beside their jars. */
final class SourceComments {

    private final SourceJars jars;

    SourceComments(SourceJars jars) {
        this.jars = jars;
    }

    /** The comment on what a signature of JShell names. */
    Optional<String> of(String signature) {
        Subject subject = Subject.of(signature);
        for (String source : jars.sourcesOf(subject.type())) {
            String comment = comment(source, subject);
            if (comment != null && !comment.isBlank()) {
                return Optional.of(comment);
            }
        }
        return Optional.empty();
    }

    private static @Nullable String comment(String source, Subject subject) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///S.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, problem -> {}, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            Finder finder = new Finder(Trees.instance(task), subject);
            finder.scan(unit, null);
            return finder.comment;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static final class Finder extends TreePathScanner<@Nullable Void, @Nullable Void> {

        private final Trees trees;
        private final Subject subject;
        private @Nullable String comment;

        Finder(Trees trees, Subject subject) {
            this.trees = trees;
            this.subject = subject;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            boolean wanted = type.getSimpleName().contentEquals(subject.type());
            if (wanted && subject.member().isEmpty()) {
                take();
            }
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            String name = method.getName().contentEquals("<init>")
                    ? subject.type()
                    : method.getName().toString();
            if (name.equals(subject.member()) && inType() && parameters(method).equals(subject.parameters())) {
                take();
            }
            return null;
        }

        @Override
        public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
            if (field.getName().contentEquals(subject.member())
                    && inType()
                    && subject.parameters().isEmpty()) {
                take();
            }
            return null;
        }

        private boolean inType() {
            TreePath parent = getCurrentPath().getParentPath();
            Tree around = parent == null ? null : parent.getLeaf();
            return around instanceof ClassTree type && type.getSimpleName().contentEquals(subject.type());
        }

        private static String parameters(MethodTree method) {
            return method.getParameters().stream()
                    .map(p -> Subject.simple(p.getType().toString()))
                    .collect(Collectors.joining(","));
        }

        private void take() {
            if (comment == null) {
                comment = trees.getDocComment(getCurrentPath());
            }
        }
    }
}
