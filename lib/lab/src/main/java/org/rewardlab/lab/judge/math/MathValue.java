package org.rewardlab.lab.judge.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The number of an expression: exact where it is a fraction, else in double precision. */
final class MathValue {

    private static final int LONGEST = 4000;

    private MathValue() {}

    /** A fraction in lowest terms with a positive denominator. */
    record Fraction(BigInteger top, BigInteger bottom) {
        static @Nullable Fraction of(BigInteger top, BigInteger bottom) {
            if (bottom.signum() == 0 || top.bitLength() > LONGEST || bottom.bitLength() > LONGEST) {
                return null;
            }
            BigInteger shared = top.gcd(bottom).max(BigInteger.ONE);
            BigInteger sign = bottom.signum() < 0 ? BigInteger.ONE.negate() : BigInteger.ONE;
            return new Fraction(
                    top.divide(shared).multiply(sign), bottom.divide(shared).multiply(sign));
        }

        @Nullable
        Fraction minus(Fraction other) {
            return of(top.multiply(other.bottom).subtract(other.top.multiply(bottom)), bottom.multiply(other.bottom));
        }

        double toDouble() {
            return new BigDecimal(top)
                    .divide(new BigDecimal(bottom), java.math.MathContext.DECIMAL64)
                    .doubleValue();
        }
    }

    /** The exact value, or null where it has none that is a fraction. */
    static @Nullable Fraction exact(MathNode node) {
        BigDecimal value = node.value();
        if (value != null) {
            if (value.precision() > 1000 || Math.abs(value.scale()) > 1000) {
                return null;
            }
            BigInteger unscaled = value.unscaledValue();
            return value.scale() >= 0
                    ? Fraction.of(unscaled, BigInteger.TEN.pow(value.scale()))
                    : Fraction.of(unscaled.multiply(BigInteger.TEN.pow(-value.scale())), BigInteger.ONE);
        }
        Fraction[] parts = new Fraction[node.parts().size()];
        for (int i = 0; i < parts.length; i++) {
            Fraction part = exact(node.part(i));
            if (part == null) {
                return null;
            }
            parts[i] = part;
        }
        return switch (node.kind()) {
            case NEGATIVE -> Fraction.of(parts[0].top().negate(), parts[0].bottom());
            case SUM -> {
                Fraction negated = Fraction.of(parts[1].top().negate(), parts[1].bottom());
                yield negated == null ? null : parts[0].minus(negated);
            }
            case PRODUCT ->
                Fraction.of(
                        parts[0].top().multiply(parts[1].top()),
                        parts[0].bottom().multiply(parts[1].bottom()));
            case QUOTIENT ->
                Fraction.of(
                        parts[0].top().multiply(parts[1].bottom()),
                        parts[0].bottom().multiply(parts[1].top()));
            case POWER -> power(parts[0], parts[1]);
            default -> null;
        };
    }

    private static @Nullable Fraction power(Fraction base, Fraction exponent) {
        if (!exponent.bottom().equals(BigInteger.ONE) || exponent.top().bitLength() > 10) {
            return null;
        }
        int n = exponent.top().intValue();
        if ((long) Math.abs(n) * Math.max(base.top().bitLength(), base.bottom().bitLength()) > LONGEST) {
            return null;
        }
        BigInteger top = base.top().pow(Math.abs(n));
        BigInteger bottom = base.bottom().pow(Math.abs(n));
        return n >= 0 ? Fraction.of(top, bottom) : Fraction.of(bottom, top);
    }

    /** The value with the given numbers for symbols; NaN where it has none. */
    static double at(MathNode node, Map<String, Double> symbols) {
        BigDecimal value = node.value();
        if (value != null) {
            return value.doubleValue();
        }
        double[] x =
                node.parts().stream().mapToDouble(part -> at(part, symbols)).toArray();
        return switch (node.kind()) {
            case SYMBOL ->
                switch (node.name()) {
                    case "pi" -> Math.PI;
                    case "e" -> Math.E;
                    default -> symbols.getOrDefault(node.name(), Double.NaN);
                };
            case SUM -> x[0] + x[1];
            case PRODUCT -> x[0] * x[1];
            case QUOTIENT -> x[1] == 0 ? Double.NaN : x[0] / x[1];
            case POWER -> x[0] < 0 && isThird(node.part(1)) ? -Math.pow(-x[0], x[1]) : Math.pow(x[0], x[1]);
            case NEGATIVE -> -x[0];
            case PERCENT -> x[0] / 100;
            case FUNCTION -> call(node.name(), x);
            default -> Double.NaN;
        };
    }

    private static boolean isThird(MathNode exponent) {
        Fraction exact = exact(exponent);
        return exact != null
                && exact.top().testBit(0)
                && exact.bottom().testBit(0)
                && !exact.bottom().equals(BigInteger.ONE);
    }

    private static double call(String name, double[] x) {
        return switch (name) {
            case "sqrt" -> Math.sqrt(x[0]);
            case "root" -> x[0] < 0 && x[1] % 2 == 1 ? -Math.pow(-x[0], 1 / x[1]) : Math.pow(x[0], 1 / x[1]);
            case "abs" -> Math.abs(x[0]);
            case "floor" -> Math.floor(x[0]);
            case "ceil" -> Math.ceil(x[0]);
            case "sin" -> Math.sin(x[0]);
            case "cos" -> Math.cos(x[0]);
            case "tan" -> Math.tan(x[0]);
            case "cot" -> 1 / Math.tan(x[0]);
            case "sec" -> 1 / Math.cos(x[0]);
            case "csc" -> 1 / Math.sin(x[0]);
            case "arcsin" -> Math.asin(x[0]);
            case "arccos" -> Math.acos(x[0]);
            case "arctan" -> Math.atan(x[0]);
            case "sinh" -> Math.sinh(x[0]);
            case "cosh" -> Math.cosh(x[0]);
            case "tanh" -> Math.tanh(x[0]);
            case "exp" -> Math.exp(x[0]);
            case "ln" -> Math.log(x[0]);
            case "log" -> x.length == 1 ? Math.log10(x[0]) : Math.log(x[0]) / Math.log(x[1]);
            case "factorial" -> factorial(x[0]);
            case "binom" -> factorial(x[0]) / (factorial(x[1]) * factorial(x[0] - x[1]));
            default -> unknown(name, x);
        };
    }

    private static double factorial(double n) {
        if (n < 0 || n > 170 || n != Math.rint(n)) {
            return Double.NaN;
        }
        double product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    /** A function that nothing is known of: some number that depends on name and arguments alone. */
    private static double unknown(String name, double[] x) {
        double mixed = name.hashCode() % 1000;
        for (double value : x) {
            mixed = Math.sin(mixed * 12.9898 + value * 78.233) * 43.5453;
        }
        return mixed;
    }
}
