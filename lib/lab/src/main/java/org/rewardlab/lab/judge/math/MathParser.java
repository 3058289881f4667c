package org.rewardlab.lab.judge.math;

import static org.rewardlab.lab.judge.math.MathNode.Kind.FUNCTION;
import static org.rewardlab.lab.judge.math.MathNode.Kind.LIST;
import static org.rewardlab.lab.judge.math.MathNode.Kind.NEGATIVE;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PERCENT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PLUS_MINUS;
import static org.rewardlab.lab.judge.math.MathNode.Kind.POWER;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PRODUCT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.QUOTIENT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.RELATION;
import static org.rewardlab.lab.judge.math.MathNode.Kind.SUM;
import static org.rewardlab.lab.judge.math.MathNode.Kind.UNION;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads LaTeX and plain notation; what it does not know is a {@link MathSyntaxException}, never a guess. Here is what binds what;
 * values by themselves are read by {@link MathAtoms}.
 */
final class MathParser {

    private static final int DEEPEST = 100;

    private static final Map<String, String> RELATIONS = Map.ofEntries(
            Map.entry("=", "="),
            Map.entry("==", "="),
            Map.entry("<", "<"),
            Map.entry("\\lt", "<"),
            Map.entry(">", ">"),
            Map.entry("\\gt", ">"),
            Map.entry("<=", "<="),
            Map.entry("≤", "<="),
            Map.entry("\\le", "<="),
            Map.entry("\\leq", "<="),
            Map.entry("\\leqslant", "<="),
            Map.entry(">=", ">="),
            Map.entry("≥", ">="),
            Map.entry("\\ge", ">="),
            Map.entry("\\geq", ">="),
            Map.entry("\\geqslant", ">="),
            Map.entry("!=", "!="),
            Map.entry("≠", "!="),
            Map.entry("\\ne", "!="),
            Map.entry("\\neq", "!="),
            Map.entry("\\approx", "~"),
            Map.entry("≈", "~"),
            Map.entry("\\in", "in"),
            Map.entry("∈", "in"));

    private final MathTokens tokens;
    private final MathAtoms atoms;
    private int depth;

    private MathParser(String text) {
        this.tokens = new MathTokens(text);
        this.atoms = new MathAtoms(this, tokens);
    }

    /** The mathematics of a whole text; lists are the items between commas. */
    static MathNode parse(String text) {
        MathParser parser = new MathParser(text);
        MathNode node = parser.list();
        if (!parser.tokens.atEnd()) {
            throw new MathSyntaxException("expected the end, got " + parser.tokens.peek());
        }
        return node;
    }

    /** Items between commas or semicolons; one alone is itself. */
    MathNode list() {
        List<MathNode> items = new ArrayList<>();
        do {
            items.add(relation());
        } while (tokens.take(",") || tokens.take(";"));
        return items.size() == 1 ? items.get(0) : MathNode.named(LIST, "", items);
    }

    private MathNode relation() {
        List<MathNode> sides = new ArrayList<>(List.of(union()));
        List<String> signs = new ArrayList<>();
        String sign = RELATIONS.get(tokens.peek());
        while (sign != null) {
            tokens.next();
            signs.add(sign);
            sides.add(union());
            sign = RELATIONS.get(tokens.peek());
        }
        return signs.isEmpty() ? sides.get(0) : MathNode.named(RELATION, String.join(" ", signs), sides);
    }

    private MathNode union() {
        List<MathNode> parts = new ArrayList<>(List.of(sum()));
        while (tokens.take("\\cup") || tokens.take("∪")) {
            parts.add(sum());
        }
        return parts.size() == 1 ? parts.get(0) : MathNode.named(UNION, "", parts);
    }

    /** Terms with signs between them. */
    MathNode sum() {
        if (++depth > DEEPEST) {
            throw new MathSyntaxException("expected fewer than " + DEEPEST + " brackets within each other");
        }
        MathNode left;
        if (tokens.take("-") || tokens.take("−")) {
            left = MathNode.of(NEGATIVE, product());
        } else if (tokens.take("\\pm") || tokens.take("±")) {
            left = MathNode.of(PLUS_MINUS, product());
        } else {
            tokens.take("+");
            left = product();
        }
        while (true) {
            if (tokens.take("+")) {
                left = MathNode.of(SUM, left, product());
            } else if (tokens.take("-") || tokens.take("−")) {
                left = MathNode.of(SUM, left, MathNode.of(NEGATIVE, product()));
            } else if (tokens.take("\\pm") || tokens.take("±")) {
                left = MathNode.of(PLUS_MINUS, left, product());
            } else {
                depth--;
                return left;
            }
        }
    }

    private MathNode product() {
        MathNode left = power();
        while (true) {
            if (tokens.take("\\cdot") || tokens.take("\\times") || tokens.take("*") || tokens.take("×")) {
                left = MathNode.of(PRODUCT, left, signed());
            } else if (tokens.take("/") || tokens.take("\\div") || tokens.take("÷")) {
                left = MathNode.of(QUOTIENT, left, signed());
            } else if (startsFactor(tokens.peek())) {
                boolean fraction = tokens.peek().equals("\\frac");
                MathNode right = power();
                boolean mixed = fraction && isWhole(left) && isProper(right);
                left = MathNode.of(mixed ? SUM : PRODUCT, left, right);
            } else {
                return left;
            }
        }
    }

    private static boolean isWhole(MathNode node) {
        return node.value() != null && node.value().scale() <= 0;
    }

    /** A fraction of whole numbers below 1: what makes a mixed number of the whole number before it. */
    private static boolean isProper(MathNode node) {
        BigDecimal top = node.is(QUOTIENT) ? node.part(0).value() : null;
        BigDecimal bottom = node.is(QUOTIENT) ? node.part(1).value() : null;
        return top != null && bottom != null && top.compareTo(bottom) < 0;
    }

    private MathNode signed() {
        return tokens.take("-") ? MathNode.of(NEGATIVE, power()) : power();
    }

    /** Whether a token begins a factor that needs no sign before it. */
    static boolean startsFactor(String token) {
        if (token.isEmpty()) {
            return false;
        }
        char c = token.charAt(0);
        return Character.isLetterOrDigit(c)
                || token.equals("(")
                || token.equals("{")
                || token.equals("π")
                || (c == '\\' && token.length() > 1 && Character.isLetter(token.charAt(1)) && !isSign(token));
    }

    private static boolean isSign(String token) {
        return RELATIONS.containsKey(token)
                || Set.of("\\cup", "\\pm", "\\cdot", "\\times", "\\div", "\\rfloor", "\\rceil", "\\rangle", "\\end")
                        .contains(token);
    }

    /** A value with what is raised or appended to it. */
    MathNode power() {
        MathNode base = atoms.atom();
        while (true) {
            if (tokens.take("^")) {
                base = MathNode.of(POWER, base, atoms.argument());
            } else if (tokens.peek().equals("*") && tokens.peek(1).equals("*")) {
                tokens.next();
                tokens.next();
                base = MathNode.of(POWER, base, signed());
            } else if (tokens.take("!")) {
                base = MathNode.named(FUNCTION, "factorial", List.of(base));
            } else if (tokens.take("%")) {
                base = MathNode.of(PERCENT, base);
            } else {
                return base;
            }
        }
    }
}
