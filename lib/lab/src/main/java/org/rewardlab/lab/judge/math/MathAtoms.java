package org.rewardlab.lab.judge.math;

import static org.rewardlab.lab.judge.math.MathNode.Kind.FUNCTION;
import static org.rewardlab.lab.judge.math.MathNode.Kind.LIST;
import static org.rewardlab.lab.judge.math.MathNode.Kind.MATRIX;
import static org.rewardlab.lab.judge.math.MathNode.Kind.NEGATIVE;
import static org.rewardlab.lab.judge.math.MathNode.Kind.POWER;
import static org.rewardlab.lab.judge.math.MathNode.Kind.PRODUCT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.QUOTIENT;
import static org.rewardlab.lab.judge.math.MathNode.Kind.TUPLE;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Values by themselves: numbers, letters, brackets, sets, matrices, and what LaTeX's commands make. */
final class MathAtoms {

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

    private final MathParser parser;
    private final MathTokens tokens;

    MathAtoms(MathParser parser, MathTokens tokens) {
        this.parser = parser;
        this.tokens = tokens;
    }

    /** A value by itself. */
    MathNode atom() {
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
            MathNode inner = parser.list();
            tokens.expect("}");
            return inner;
        }
        if (token.equals("\\{")) {
            return set();
        }
        if (token.equals("|")) {
            MathNode inner = parser.sum();
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
        MathNode inner = parser.list();
        tokens.expect("\\}");
        return inner.is(LIST)
                ? MathNode.named(LIST, "set", inner.parts())
                : MathNode.named(LIST, "set", List.of(inner));
    }

    private MathNode bracketed(String open) {
        MathNode inner = parser.list();
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
            MathNode inner = parser.list();
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
                    MathNode degree = parser.sum();
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
        MathNode inner = parser.sum();
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
        MathNode left = parser.power();
        while (MathParser.startsFactor(tokens.peek()) && !FUNCTIONS.contains(tokens.peek())) {
            left = MathNode.of(PRODUCT, left, parser.power());
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
            row.add(parser.sum());
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

    /** What follows a command or a raised sign: a group, or a single token. */
    MathNode argument() {
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
}
