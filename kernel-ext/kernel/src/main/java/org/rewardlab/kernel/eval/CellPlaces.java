package org.rewardlab.kernel.eval;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Finds the snippet and its line for frames of the JVM that did not pass through JShell: those of other threads and of
 * callbacks. It reads only how JShell wrapped the snippet, so it may be asked on any thread, while a cell runs.
 */
final class CellPlaces {

    private static final int KEPT = 2_000;
    private static final Pattern WRAPPER = Pattern.compile("(REPL\\.\\$JShell\\$(\\d+)[A-Z]*)(?:\\$(.*))?");

    private final Supplier<JShell> shell;
    private final Map<String, Origin> origins = new ConcurrentHashMap<>();
    private final Map<String, Snippet> snippets = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Snippet> eldest) {
            return size() > KEPT;
        }
    });

    private @Nullable Origin evaluated;

    CellPlaces(Supplier<JShell> shell) {
        this.shell = shell;
    }

    /** Evaluates a source that comes from there. */
    <T extends @Nullable Object> T evaluating(Origin origin, Supplier<T> evaluation) {
        Origin around = evaluated;
        evaluated = origin;
        try {
            return evaluation.get();
        } finally {
            evaluated = around;
        }
    }

    /** Takes note of the snippet that is about to run: JShell hands it over when it has, and its threads may die before. */
    void runs(String wrapperClass) {
        Origin origin = evaluated;
        Matcher matcher = WRAPPER.matcher(wrapperClass);
        if (origin != null && matcher.matches()) {
            String id = matcher.group(2);
            shell.get().snippets().filter(each -> each.id().equals(id)).forEach(each -> remember(each, origin));
        }
    }

    void remember(Snippet snippet, Origin origin) {
        origins.put(snippet.id(), origin);
        snippets.put(snippet.id(), snippet);
    }

    /** Where the snippet of that id came from. */
    @Nullable
    Origin origin(String snippetId) {
        return origins.get(snippetId);
    }

    /** The frames with the file {@code #id} and the line of the snippet where that can be told, as JShell gives them. */
    StackTraceElement[] translated(StackTraceElement[] frames) {
        return Arrays.stream(frames).map(this::translated).toArray(StackTraceElement[]::new);
    }

    private StackTraceElement translated(StackTraceElement frame) {
        Matcher matcher = WRAPPER.matcher(frame.getClassName());
        Snippet snippet = matcher.matches() ? snippets.get(matcher.group(2)) : null;
        if (snippet == null) {
            return frame;
        }
        int line = line(snippet, matcher.group(1), frame.getLineNumber());
        String type = matcher.group(3);
        return line < 1
                ? frame
                : new StackTraceElement(type == null ? "" : type, frame.getMethodName(), "#" + snippet.id(), line);
    }

    private int line(Snippet snippet, @Nullable String wrapperClass, int wrappedLine) {
        SnippetWrapper wrapper = shell.get().sourceCodeAnalysis().wrapper(snippet);
        if (!wrapper.fullClassName().equals(wrapperClass)) {
            return 0; // compiled again since
        }
        String wrapped = wrapper.wrapped();
        int start = 0;
        for (int line = 1; line < wrappedLine; line++) {
            start = wrapped.indexOf('\n', start) + 1;
            if (start == 0) {
                return 0;
            }
        }
        int end = wrapped.indexOf('\n', start);
        int position = -1;
        for (int i = start; i < (end < 0 ? wrapped.length() : end); i++) {
            position = Math.max(position, wrapper.wrappedToSourcePosition(i));
        }
        String source = wrapper.source();
        return position < 0
                ? 0
                : 1
                        + (int) source.chars()
                                .limit(Math.min(position, source.length()))
                                .filter(c -> c == '\n')
                                .count();
    }
}
