package org.rewardlab.lab.plot;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.display.Displayable;

/**
 * Tokens of a text coloured by credit, one block of lines for each method: blue takes away, red gives, white is none. The
 * colour scale is the same for all methods unless each is scaled by itself. As a picture it has each number below its
 * token where it fits; as HTML each number is a tooltip.
 *
 * @param tokens of the text, in order; white space in them separates words, a line break is shown as a sign
 * @param credit for each method one number for each token; NaN is grey
 * @param title above; empty for none
 * @param scaledEach whether each method has a colour scale of its own, to compare shapes and not sizes
 */
public record TokenCredit(List<String> tokens, Map<String, List<Double>> credit, String title, boolean scaledEach)
        implements Displayable {
    public TokenCredit {
        tokens = List.copyOf(tokens);
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, List<Double>> method : credit.entrySet()) {
            if (method.getValue().size() != tokens.size()) {
                throw new IllegalArgumentException(
                        "credit: expected " + tokens.size() + " numbers, one for each token, got "
                                + method.getValue().size() + " for " + method.getKey());
            }
            copy.put(method.getKey(), List.copyOf(method.getValue()));
        }
        Check.notEmpty("credit", copy.size());
        credit = Collections.unmodifiableMap(copy);
    }

    /** One method over one text. */
    public static TokenCredit of(List<String> tokens, String method, double... credit) {
        return new TokenCredit(tokens, Map.of(method, boxed(credit)), "", false);
    }

    /** One more method over the same text. */
    public TokenCredit and(String method, double... numbers) {
        Map<String, List<Double>> more = new LinkedHashMap<>(credit);
        more.put(method, boxed(numbers));
        return new TokenCredit(tokens, more, title, scaledEach);
    }

    /** The same under a title. */
    public TokenCredit title(String text) {
        return new TokenCredit(tokens, credit, text, scaledEach);
    }

    /** The same with a colour scale for each method. */
    public TokenCredit scaleEach() {
        return new TokenCredit(tokens, credit, title, true);
    }

    private static List<Double> boxed(double[] numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    /** The largest absolute credit that a method's colours are measured by. */
    double largest(String method) {
        double largest = 0;
        for (Map.Entry<String, List<Double>> entry : credit.entrySet()) {
            if (!scaledEach || entry.getKey().equals(method)) {
                for (double value : entry.getValue()) {
                    largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
                }
            }
        }
        return largest == 0 ? 1 : largest;
    }

    /** How a token is written: without the space before it, signs for what can't be seen. */
    static String visible(String token) {
        String text =
                token.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥").strip();
        return text.isEmpty() ? "␣" : text;
    }

    private Rendering rendering() {
        TokenCreditPainter painter = new TokenCreditPainter(this);
        return new Rendering(TokenCreditPainter.WIDTH, painter.height(), title, painter::paint);
    }

    /** The SVG document. */
    public String svg() {
        return rendering().svg();
    }

    /** The picture at twice its size on screen. */
    public BufferedImage image() {
        return rendering().image();
    }

    /** The picture as the bytes of a PNG file. */
    public byte[] png() {
        return rendering().png();
    }

    /** Coloured text for a page, light or dark, with the numbers as tooltips. */
    public String html() {
        return TokenCreditHtml.of(this);
    }

    /** One row for each method and token. */
    public String csv() {
        NumberTable table = new NumberTable();
        table.panel(title.isEmpty() ? "1" : title);
        credit.forEach((method, values) -> {
            for (int i = 0; i < tokens.size(); i++) {
                table.add("token", method, i, tokens.get(i), null, null, values.get(i));
            }
        });
        return table.csv();
    }

    /** Writes {@code name.svg}, {@code name.png} and {@code name.csv}, each aside and moved into place. */
    public TokenCredit save(Path folder, String name) {
        rendering().save(folder, name, csv());
        return this;
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/html", html());
        bundle.put("image/svg+xml", svg());
        bundle.put("text/plain", toString());
        return bundle;
    }

    @Override
    public String toString() {
        return "Credit of " + tokens.size() + " tokens by " + String.join(", ", credit.keySet());
    }
}
