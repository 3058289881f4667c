package org.rewardlab.lab.judge.math;

import java.math.BigDecimal;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A piece of mathematics as a tree.
 *
 * @param kind what it is
 * @param name of a symbol, a function or a text; the brackets of a tuple; the signs of a chain of relations
 * @param value of a number
 * @param parts what it is made of
 */
record MathNode(Kind kind, String name, @Nullable BigDecimal value, List<MathNode> parts) {

    enum Kind {
        NUMBER,
        SYMBOL,
        TEXT,
        SUM,
        PRODUCT,
        QUOTIENT,
        POWER,
        NEGATIVE,
        PLUS_MINUS,
        FUNCTION,
        PERCENT,
        TUPLE,
        LIST,
        UNION,
        RELATION,
        MATRIX
    }

    MathNode {
        parts = List.copyOf(parts);
    }

    static MathNode number(BigDecimal value) {
        return new MathNode(Kind.NUMBER, "", value, List.of());
    }

    static MathNode symbol(String name) {
        return new MathNode(Kind.SYMBOL, name, null, List.of());
    }

    static MathNode text(String name) {
        return new MathNode(Kind.TEXT, name, null, List.of());
    }

    static MathNode of(Kind kind, MathNode... parts) {
        return new MathNode(kind, "", null, List.of(parts));
    }

    static MathNode named(Kind kind, String name, List<MathNode> parts) {
        return new MathNode(kind, name, null, parts);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    MathNode part(int i) {
        return parts.get(i);
    }

    /** Whether it is arithmetic all the way down, so that it has a number for each choice of its symbols. */
    boolean isScalar() {
        return switch (kind) {
            case TEXT, TUPLE, LIST, UNION, RELATION, MATRIX, PLUS_MINUS -> false;
            default -> {
                boolean all = true;
                for (MathNode part : parts) {
                    all &= part.isScalar();
                }
                yield all;
            }
        };
    }

    /** The symbols that stand for any number. */
    TreeSet<String> symbols() {
        TreeSet<String> names = new TreeSet<>();
        collect(names);
        return names;
    }

    private void collect(TreeSet<String> names) {
        if (kind == Kind.SYMBOL && !name.equals("pi") && !name.equals("e")) {
            names.add(name);
        }
        for (MathNode part : parts) {
            part.collect(names);
        }
    }

    /** The two values of an expression with one plus-or-minus sign; itself alone where there is none. */
    List<MathNode> branches() {
        if (!contains(Kind.PLUS_MINUS)) {
            return List.of(this);
        }
        return List.of(resolved(true), resolved(false));
    }

    boolean contains(Kind wanted) {
        boolean found = kind == wanted;
        for (MathNode part : parts) {
            found |= part.contains(wanted);
        }
        return found;
    }

    private MathNode resolved(boolean plus) {
        List<MathNode> chosen = parts.stream().map(part -> part.resolved(plus)).toList();
        if (kind != Kind.PLUS_MINUS) {
            return new MathNode(kind, name, value, chosen);
        }
        MathNode last = chosen.get(chosen.size() - 1);
        MathNode signed = plus ? last : of(Kind.NEGATIVE, last);
        return chosen.size() == 1 ? signed : of(Kind.SUM, chosen.get(0), signed);
    }
}
