package org.rewardlab.lab.train;

/** A term of a step that is no longer a number; the loop around it knows which step. */
final class NonFiniteTerm extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final String term;
    private final String remedy;

    private NonFiniteTerm(String term, double value, String remedy) {
        super(term + " is " + value);
        this.term = term;
        this.remedy = remedy;
    }

    /** Gives the value back if it is finite; otherwise says which term it was and what to try. */
    static double check(String term, double value, String remedy) {
        if (!Double.isFinite(value)) {
            throw new NonFiniteTerm(term, value, remedy);
        }
        return value;
    }

    String term() {
        return term;
    }

    String remedy() {
        return remedy;
    }
}
