package org.rewardlab.kernel.eval;

import java.util.ArrayDeque;
import java.util.Deque;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/** Snippets that nothing can refer to any more; they are dropped when the next cell begins. */
final class SpentSnippets {

    private final Deque<Snippet> snippets = new ArrayDeque<>();

    void add(Snippet snippet) {
        snippets.add(snippet);
    }

    void drop(JShell shell) {
        while (!snippets.isEmpty()) {
            Snippet snippet = snippets.remove();
            if (shell.status(snippet).isActive()) {
                shell.drop(snippet);
            }
        }
    }
}
