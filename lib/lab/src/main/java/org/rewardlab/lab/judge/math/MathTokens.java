package org.rewardlab.lab.judge.math;

import java.util.ArrayList;
import java.util.List;

/** LaTeX or plain notation as tokens: numbers, letters, commands with their backslash, and single signs. */
final class MathTokens {

    private static final int MOST = 400;

    private final List<String> tokens = new ArrayList<>();
    private int at;

    MathTokens(String text) {
        int i = 0;
        while (i < text.length()) {
            int end = end(text, i);
            String token = text.substring(i, end);
            if (!token.isBlank()) {
                tokens.add(token);
            }
            if (tokens.size() > MOST) {
                throw new MathSyntaxException("expected at most " + MOST + " tokens");
            }
            i = end;
        }
    }

    private static int end(String text, int start) {
        char c = text.charAt(start);
        int i = start + 1;
        if (isDigit(c) || (c == '.' && i < text.length() && isDigit(text.charAt(i)))) {
            boolean point = c == '.';
            while (i < text.length()
                    && (isDigit(text.charAt(i))
                            || (!point
                                    && text.charAt(i) == '.'
                                    && i + 1 < text.length()
                                    && isDigit(text.charAt(i + 1))))) {
                point |= text.charAt(i) == '.';
                i++;
            }
            return i;
        }
        if (c == '\\') {
            if (i < text.length() && !Character.isLetter(text.charAt(i))) {
                return i + 1;
            }
            while (i < text.length() && Character.isLetter(text.charAt(i))) {
                i++;
            }
            return i;
        }
        boolean pair = i < text.length() && (c == '<' || c == '>' || c == '!' || c == '=') && text.charAt(i) == '=';
        return pair ? i + 1 : i;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    String peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : "";
    }

    String next() {
        String token = peek();
        at++;
        return token;
    }

    boolean take(String token) {
        if (peek().equals(token)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String token) {
        if (!take(token)) {
            throw new MathSyntaxException("expected " + token + ", got " + (atEnd() ? "the end" : peek()));
        }
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    /** A number of one digit from a longer one, as in {@code \frac12}; the rest stays. */
    String nextDigit() {
        String token = next();
        if (token.length() > 1 && token.indexOf('.') < 0) {
            at--;
            tokens.set(at, token.substring(1));
            return token.substring(0, 1);
        }
        return token;
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }
}
