package org.rewardlab.kernel.eval;

/**
 * A piece of a cell that is evaluated on its own.
 *
 * @param start where it begins in the cell
 * @param end where it ends
 * @param kind what it is
 * @param terminated whether it ends in a semicolon or a block, so that its value is not shown
 */
record Part(int start, int end, Kind kind, boolean terminated) {

    enum Kind {
        /** A statement that declares nothing and may run in one block with its neighbours. */
        STATEMENT,
        /** An expression that means the same where a variable of type {@code Object} begins with it. */
        VALUE,
        /** An expression that may mean something else there: an assignment, a lambda, a switch. */
        EXPRESSION,
        /** Anything else: declarations, imports, and what only JShell can judge. */
        OTHER
    }

    String of(String cell) {
        return cell.substring(start, end);
    }
}
