package org.rewardlab.lab.judge.math;

import static org.rewardlab.lab.judge.math.MathNode.Kind.FUNCTION;
import static org.rewardlab.lab.judge.math.MathNode.Kind.LIST;
import static org.rewardlab.lab.judge.math.MathNode.Kind.MATRIX;
import static org.rewardlab.lab.judge.math.MathNode.Kind.NEGATIVE;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PERCENT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PLUS_MINUS;
import static org.rewardlab.lab.judge.math.MathNode.Kind.POWER;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PRODUCT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.QUOTIENT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.RELATION;
import static org.rewardlab.lab.judge.math.MathNode.Kind.SUM;
import static org.rewardlab.lab.judge.math.MathNode.Kind.TUPLE;
import static org.rewardlab.lab.judge.math.MathNode.Kind.UNION;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads LaTeX and plain notation; what it does not know is a {@link MathSyntaxException}, never a guess. */
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

    private static final Set<String> FUNCTIONS = Set.of(
            "\\sin",
            "\\cos",
            "\\tan",
            "\\cot",
            "\\sec",
            "\\csc",
            "\\arcsin",
            "\\arccos",
            "\\arctan",
            "\\ln",
            "\\log",
            "\\exp",
            "\\sinh",
            "\\cosh",
            "\\tanh");

    private static final Set<String> UNKNOWN_FUNCTIONS = Set.of("f", "g", "h");

    private final MathTokens tokens;
    private int depth;

    private MathParser(String text) {
        this.tokens = new MathTokens(text);
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

    private MathNode list() {
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

    private MathNode sum() {
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

    private static boolean startsFactor(String token) {
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

    private MathNode power() {
        MathNode base = atom();
        while (true) {
            if (tokens.take("^")) {
                base = MathNode.of(POWER, base, argument());
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

    /** What follows a command or a raised sign: a group, or a single token. */
    private MathNode argument() {
        if (tokens.peek().equals("{")) {
            return atom();
        }
        if (tokens.take("-")) {
            return MathNode.of(NEGATIVE, argument());
        }
        if (!tokens.peek().isEmpty() && Character.isDigit(tokens.peek().charAt(0))) {
            return MathNode.number(new BigDecimal(tokens.nextDigit()));
        }
        return atom();
    }

    private MathNode atom() {
        String token = tokens.next();
        if (token.isEmpty()) {
            throw new MathSyntaxException("expected a value, got the end");
        }
        char c = token.charAt(0);
        if (Character.isDigit(c) || (c == '.' && token.length() > 1)) {
            return MathNode.number(new BigDecimal(token));
        }
        if (token.equals("(") || token.equals("[")) {
            return bracketed(token);
        }
        if (token.equals("{")) {
            MathNode inner = list();
            tokens.expect("}");
            return inner;
        }
        if (token.equals("\\{")) {
            return set();
        }
        if (token.equals("|")) {
            MathNode inner = sum();
            tokens.expect("|");
            return MathNode.named(FUNCTION, "abs", List.of(inner));
        }
        if (token.equals("π") || token.equals("\\pi")) {
            return MathNode.symbol("pi");
        }
        if (token.equals("∞")) {
            return MathNode.symbol("infty");
        }
        if (token.equals("√")) {
            return MathNode.named(FUNCTION, "sqrt", List.of(argument()));
        }
        if (c == '\\') {
            return command(token);
        }
        if (Character.isLetter(c)) {
            return letter(token);
        }
        throw new MathSyntaxException("expected a value, got " + token);
    }

    private MathNode set() {
        if (tokens.take("\\}")) {
            return MathNode.named(LIST, "set", List.of());
        }
        MathNode inner = list();
        tokens.expect("\\}");
        return inner.is(LIST)
                ? MathNode.named(LIST, "set", inner.parts())
                : MathNode.named(LIST, "set", List.of(inner));
    }

    private MathNode bracketed(String open) {
        MathNode inner = list();
        String close = tokens.next();
        if (!close.equals(")") && !close.equals("]")) {
            throw new MathSyntaxException("expected a closing bracket, got " + close);
        }
        if (!inner.is(LIST) && open.equals("(") && close.equals(")")) {
            return inner;
        }
        return MathNode.named(TUPLE, open + close, inner.is(LIST) ? inner.parts() : List.of(inner));
    }

    private MathNode letter(String letter) {
        String name = letter;
        if (tokens.take("_")) {
            name += "_" + argument();
        }
        if (UNKNOWN_FUNCTIONS.contains(letter) && tokens.peek().equals("(")) {
            tokens.next();
            MathNode inner = list();
            tokens.expect(")");
            return MathNode.named(FUNCTION, "?" + name, inner.is(LIST) ? inner.parts() : List.of(inner));
        }
        return MathNode.symbol(name);
    }

    private MathNode command(String command) {
        if (FUNCTIONS.contains(command)) {
            return function(command.substring(1));
        }
        switch (command) {
            case "\\frac", "\\dfrac", "\\tfrac", "\\cfrac" -> {
                MathNode top = argument();
                return MathNode.of(QUOTIENT, top, argument());
            }
            case "\\binom" -> {
                MathNode top = argument();
                return MathNode.named(FUNCTION, "binom", List.of(top, argument()));
            }
            case "\\sqrt" -> {
                if (tokens.take("[")) {
                    MathNode degree = sum();
                    tokens.expect("]");
                    return MathNode.named(FUNCTION, "root", List.of(argument(), degree));
                }
                return MathNode.named(FUNCTION, "sqrt", List.of(argument()));
            }
            case "\\lfloor" -> {
                return closed("floor", "\\rfloor");
            }
            case "\\lceil" -> {
                return closed("ceil", "\\rceil");
            }
            case "\\emptyset", "\\varnothing" -> {
                return MathNode.named(LIST, "set", List.of());
            }
            case "\\begin" -> {
                return matrix();
            }
            case "\\text", "\\end", "\\cup" -> throw new MathSyntaxException("expected a value, got " + command);
            default -> {
                return Character.isLetter(command.charAt(command.length() - 1))
                        ? letter(command.substring(1))
                        : refused(command);
            }
        }
    }

    private static MathNode refused(String command) {
        throw new MathSyntaxException("expected a value, got " + command);
    }

    private MathNode closed(String name, String close) {
        MathNode inner = sum();
        tokens.expect(close);
        return MathNode.named(FUNCTION, name, List.of(inner));
    }

    /** {@code \sin^2 x}, {@code \log_2 8}, {@code \tan(y)}: the argument is a bracket or the product that follows. */
    private MathNode function(String name) {
        MathNode exponent = null;
        MathNode base = null;
        while (tokens.peek().equals("^") || tokens.peek().equals("_")) {
            if (tokens.next().equals("^")) {
                exponent = argument();
            } else {
                base = argument();
            }
        }
        MathNode inner = tokens.peek().equals("(") || tokens.peek().equals("{") ? atom() : unbracketed();
        List<MathNode> arguments = base == null ? List.of(inner) : List.of(inner, base);
        MathNode call = MathNode.named(FUNCTION, name, arguments);
        return exponent == null ? call : MathNode.of(POWER, call, exponent);
    }

    /** Factors side by side up to the next function: {@code 2x} of {@code \\sin 2x \\cos x}. */
    private MathNode unbracketed() {
        MathNode left = power();
        while (startsFactor(tokens.peek()) && !FUNCTIONS.contains(tokens.peek())) {
            left = MathNode.of(PRODUCT, left, power());
        }
        return left;
    }

    private MathNode matrix() {
        tokens.expect("{");
        StringBuilder name = new StringBuilder();
        while (!tokens.atEnd() && !tokens.peek().equals("}")) {
            name.append(tokens.next());
        }
        tokens.expect("}");
        if (!name.toString().endsWith("matrix")) {
            throw new MathSyntaxException("expected a matrix, got " + name);
        }
        List<MathNode> rows = new ArrayList<>();
        List<MathNode> row = new ArrayList<>();
        while (!tokens.peek().equals("\\end")) {
            row.add(sum());
            if (tokens.take("&")) {
                continue;
            }
            rows.add(MathNode.named(LIST, "row", row));
            row = new ArrayList<>();
            if (!tokens.take("\\\\")) {
                break;
            }
        }
        tokens.expect("\\end");
        while (!tokens.atEnd() && !tokens.take("}")) {
            tokens.next();
        }
        return MathNode.named(MATRIX, "", rows);
    }
}
