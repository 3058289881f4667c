package org.rewardlab.lab.judge.math;

import static org.rewardlab.lab.judge.math.MathNode.Kind.LIST;
import static org.rewardlab.lab.judge.math.MathNode.Kind.MATRIX;
import static org.rewardlab.lab.judge.math.MathNode.Kind.NEGATIVE;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PERCENT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PLUS_MINUS;
import static org.rewardlab.lab.judge.math.MathNode.Kind.RELATION;
import static org.rewardlab.lab.judge.math.MathNode.Kind.SUM;
import static org.rewardlab.lab.judge.math.MathNode.Kind.SYMBOL;
import static org.rewardlab.lab.judge.math.MathNode.Kind.TEXT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.TUPLE;
import static org.rewardlab.lab.judge.math.MathNode.Kind.UNION;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether two answers mean the same: numbers by value, expressions by their values at drawn points, equations and inequalities
 * up to a factor, lists without order, tuples and intervals with it.
 *
 * @param digits decimals that numbers must share
 * @param relationForSet whether an inequality may answer for an interval ({@code -2 <= x <= 7} for {@code x in [-2,7]})
 */
record MathEquality(int digits, boolean relationForSet) {

    private static final List<String> INEQUALITIES = List.of("<", "<=", ">", ">=");
    private static final Set<String> STRICT = Set.of("<", ">");

    /** Whether a prediction means what the right answer means. */
    boolean same(MathNode gold, MathNode prediction) {
        MathNode g = settle(gold);
        MathNode p = settle(prediction);
        if (p.is(RELATION) && !g.is(RELATION)) {
            MathNode value = assigned(p);
            if (value != null) {
                return equal(g, settle(value));
            }
            MathNode interval = interval(p);
            boolean allowed = relationForSet || !gold.is(RELATION);
            return interval != null && allowed && equal(g, interval);
        }
        if (g.is(RELATION) && !p.is(RELATION)) {
            MathNode value = assigned(g);
            MathNode interval = value == null ? interval(g) : null;
            return value != null ? equal(settle(value), p) : interval != null && equal(interval, p);
        }
        return equal(g, p);
    }

    /** {@code x in S} is S; a chain of equations is its last value, assigned to its first symbol. */
    private static MathNode settle(MathNode node) {
        if (!node.is(RELATION)) {
            return node;
        }
        List<String> signs = List.of(node.name().split(" "));
        if (signs.equals(List.of("in"))) {
            return node.part(1);
        }
        if (signs.size() < 2 || !signs.stream().allMatch(sign -> sign.equals("=") || sign.equals("~"))) {
            return node;
        }
        int last = signs.size();
        while (last > 1 && signs.get(last - 1).equals("~")) {
            last--; // what is only approximately equal comes after the answer
        }
        MathNode value = node.part(last);
        return node.part(0).is(SYMBOL) ? MathNode.named(RELATION, "=", List.of(node.part(0), value)) : value;
    }

    /** The value in {@code x = value}; null for any other relation. */
    private static @Nullable MathNode assigned(MathNode relation) {
        boolean equation = relation.name().equals("=") || relation.name().equals("~");
        if (!equation) {
            return null;
        }
        MathNode left = relation.part(0);
        MathNode right = relation.part(1);
        boolean names = left.is(SYMBOL)
                || left.is(TUPLE)
                || (left.is(MathNode.Kind.FUNCTION) && left.name().startsWith("?"));
        return names
                        && (!right.isScalar()
                                || !right.symbols().containsAll(left.symbols())
                                || left.symbols().isEmpty())
                ? right
                : null;
    }

    /** The interval of {@code a <= x < b}, {@code x > a} or {@code x < b}; null for other relations. */
    private static @Nullable MathNode interval(MathNode relation) {
        List<String> signs = List.of(relation.name().split(" "));
        if (!INEQUALITIES.containsAll(signs) || signs.size() > 2) {
            return null;
        }
        boolean up = signs.get(0).startsWith("<");
        if (signs.size() == 2) {
            if (!relation.part(1).is(SYMBOL) || up != signs.get(1).startsWith("<")) {
                return null;
            }
            int low = up ? 0 : 2;
            return bounds(
                    relation.part(low),
                    STRICT.contains(signs.get(up ? 0 : 1)),
                    relation.part(2 - low),
                    STRICT.contains(signs.get(up ? 1 : 0)));
        }
        boolean strict = STRICT.contains(signs.get(0));
        MathNode infinity = MathNode.symbol("infty");
        if (relation.part(0).is(SYMBOL) && !relation.part(1).is(SYMBOL)) {
            return up
                    ? bounds(MathNode.of(NEGATIVE, infinity), true, relation.part(1), strict)
                    : bounds(relation.part(1), strict, infinity, true);
        }
        if (relation.part(1).is(SYMBOL)) {
            return up
                    ? bounds(relation.part(0), strict, infinity, true)
                    : bounds(MathNode.of(NEGATIVE, infinity), true, relation.part(0), strict);
        }
        return null;
    }

    private static MathNode bounds(MathNode low, boolean openLow, MathNode high, boolean openHigh) {
        return MathNode.named(TUPLE, (openLow ? "(" : "[") + (openHigh ? ")" : "]"), List.of(low, high));
    }

    private boolean equal(MathNode g, MathNode p) {
        if (g.contains(PLUS_MINUS) || p.contains(PLUS_MINUS)) {
            return unordered(branches(g), branches(p));
        }
        if (g.is(TEXT) || p.is(TEXT)) {
            String wanted = word(g);
            return wanted != null && wanted.equals(word(p));
        }
        if (g.is(RELATION) && p.is(RELATION)) {
            return relations(g, p);
        }
        if (g.is(LIST) || p.is(LIST)) {
            return lists(g, p);
        }
        if (g.kind() == p.kind() && (g.is(TUPLE) || g.is(MATRIX))) {
            return g.name().equals(p.name()) && ordered(g.parts(), p.parts());
        }
        if (g.is(UNION) && p.is(UNION)) {
            return unordered(g.parts(), p.parts());
        }
        return g.isScalar() && p.isScalar() && scalars(g, p);
    }

    private static List<MathNode> branches(MathNode node) {
        if (node.is(LIST)) {
            return node.parts().stream()
                    .flatMap(part -> part.branches().stream())
                    .toList();
        }
        return node.branches();
    }

    /** What a text, a lone symbol or a product of letters spells. */
    private static @Nullable String word(MathNode node) {
        if (node.is(TEXT) || node.is(SYMBOL)) {
            return node.name().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        }
        if (node.is(MathNode.Kind.PRODUCT)) {
            String left = word(node.part(0));
            String right = word(node.part(1));
            return left == null || right == null ? null : left + right;
        }
        return null;
    }

    private boolean lists(MathNode g, MathNode p) {
        if (g.is(LIST) && p.is(LIST)) {
            return unordered(g.parts(), p.parts());
        }
        MathNode list = g.is(LIST) ? g : p;
        MathNode other = g.is(LIST) ? p : g;
        if (other.is(TUPLE)) {
            return other.name().equals("()") && ordered(other.parts(), list.parts());
        }
        return list.parts().size() == 1 && same(list.part(0), other);
    }

    private boolean ordered(List<MathNode> g, List<MathNode> p) {
        if (g.size() != p.size()) {
            return false;
        }
        for (int i = 0; i < g.size(); i++) {
            if (!same(g.get(i), p.get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean unordered(List<MathNode> g, List<MathNode> p) {
        List<MathNode> left = new ArrayList<>(p);
        for (MathNode wanted : g) {
            int found = -1;
            for (int i = 0; i < left.size() && found < 0; i++) {
                found = same(wanted, left.get(i)) ? i : -1;
            }
            if (found < 0) {
                return false;
            }
            left.remove(found);
        }
        return left.isEmpty();
    }

    /** Percentages stand for their number, with the sign or as a share, on either side. */
    private boolean scalars(MathNode g, MathNode p) {
        if (g.is(PERCENT) && p.is(PERCENT)) {
            return MathProbe.close(g.part(0), p.part(0), digits);
        }
        if (g.is(PERCENT) || p.is(PERCENT)) {
            MathNode bareGold = g.is(PERCENT) ? g.part(0) : g;
            MathNode barePrediction = p.is(PERCENT) ? p.part(0) : p;
            return MathProbe.close(bareGold, barePrediction, digits) || MathProbe.close(g, p, digits);
        }
        return MathProbe.close(g, p, digits);
    }

    private boolean relations(MathNode g, MathNode p) {
        String[] a = g.name().split(" ");
        String[] b = p.name().split(" ");
        if (a.length == 1
                && b.length == 1
                && g.parts().stream().allMatch(MathNode::isScalar)
                && p.parts().stream().allMatch(MathNode::isScalar)) {
            return one(g, p);
        }
        if (ordered(g.parts(), p.parts()) && g.name().equals(p.name())) {
            return true;
        }
        MathNode turned = turned(p);
        return turned.name().equals(g.name()) && ordered(g.parts(), turned.parts());
    }

    /** The chain read from right to left. */
    private static MathNode turned(MathNode chain) {
        List<String> signs = new ArrayList<>();
        for (String sign : chain.name().split(" ")) {
            signs.add(
                    0,
                    sign.startsWith("<")
                            ? ">" + sign.substring(1)
                            : sign.startsWith(">") ? "<" + sign.substring(1) : sign);
        }
        List<MathNode> parts = new ArrayList<>(chain.parts());
        java.util.Collections.reverse(parts);
        return MathNode.named(RELATION, String.join(" ", signs), parts);
    }

    /** One sign each: the differences of the sides are proportional, with a positive factor where the sign has a direction. */
    private static boolean one(MathNode g, MathNode p) {
        MathNode first = g.name().startsWith(">") ? turned(g) : g;
        MathNode second = p.name().startsWith(">") ? turned(p) : p;
        String sign = first.name().equals("~") ? "=" : first.name();
        if (!sign.equals(second.name().equals("~") ? "=" : second.name())) {
            return false;
        }
        double factor = MathProbe.factor(difference(first), difference(second));
        return sign.startsWith("<") ? factor > 0 : !Double.isNaN(factor);
    }

    private static MathNode difference(MathNode relation) {
        return MathNode.of(SUM, relation.part(0), MathNode.of(NEGATIVE, relation.part(1)));
    }
}
