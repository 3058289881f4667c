package org.rewardlab.lab.plot;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.display.Html;
import org.rewardlab.tensor.Scope;

/**
 * Where methods put the credit for one and the same episode: its tokens, turns, nodes of a tree or steps on a grid, coloured
 * for each method. Blue takes away, red gives, white is nothing and grey what no credit was given for. All methods share
 * one scale of colours unless each has its own. Numbers may be given as they are, or by a {@link CreditAssignment} or an
 * {@link AdvantageEstimator} that is run on rollouts; a lambda must then say which of the two it is, by a cast or a variable.
 *
 * <pre>{@code
 * CreditView.tokens(List.of("16", "-", "3", "=", "12"))
 *         .and("outcome", CreditAssignment.asGiven(), rollouts)
 *         .and("implied", CreditAssignment.implicitReward(0.05), rollouts)
 * }</pre>
 *
 * @param scene the episode, cut into parts
 * @param credit for each method one number for each part; NaN is grey
 * @param title above; empty for none
 * @param scaledEach whether each method has a scale of its own, to compare shapes and not sizes
 */
public record CreditView(CreditScene scene, Map<String, List<Double>> credit, String title, boolean scaledEach)
        implements Displayable {
    private static final double FOOT = 36;

    public CreditView {
        Map<String, List<Double>> copy = new LinkedHashMap<>();
        credit.forEach((method, numbers) -> {
            int parts = scene.parts().size();
            if (numbers.size() != parts) {
                throw new IllegalArgumentException("credit: expected " + parts + " numbers, one for each "
                        + scene.part() + ", got " + numbers.size() + " for " + method);
            }
            copy.put(method, List.copyOf(numbers));
        });
        credit = Collections.unmodifiableMap(copy);
    }

    private static CreditView over(CreditScene scene) {
        return new CreditView(scene, Map.of(), "", false);
    }

    /** Tokens or short steps in order; white space in them separates words, a line break is shown as a sign. */
    public static CreditView tokens(List<String> tokens) {
        return over(new CreditTokens(tokens));
    }

    /**
     * Turns of a dialogue or steps of an agent, one below the other, with a column for each method.
     *
     * @param speakers who or what spoke; an empty one leaves the place free
     * @param texts what was said, as many as speakers
     */
    public static CreditView turns(List<String> speakers, List<String> texts) {
        return over(new CreditTurns(speakers, texts));
    }

    /**
     * A tree of steps, from left to right.
     *
     * @param labels of the nodes, short
     * @param parents of each node the number of the one before it, negative for a first step; circles are rejected
     */
    public static CreditView tree(List<String> labels, int... parents) {
        return over(new CreditTree(labels, Arrays.stream(parents).boxed().toList()));
    }

    /**
     * Steps over a map. A cell shows the sum of the credit of all steps that are put there, and the way between them.
     *
     * @param map rows of equal length, a character for each cell: {@code #} is a wall, a point or a space is free, any other
     *     letter is written into its cell
     * @param path for each step the number of its cell, row by row from 0
     */
    public static CreditView grid(List<String> map, int... path) {
        return over(new CreditGrid(map, Arrays.stream(path).boxed().toList()));
    }

    /** The same with one more method, a number for each part; rejects another count and a method that is there already. */
    public CreditView and(String method, double... numbers) {
        return with(method, Arrays.stream(numbers).boxed().toList());
    }

    /** The same with what an assignment gives in the first row of a batch; see {@link #and(String, CreditAssignment, Rollouts, int)}. */
    public CreditView and(String method, CreditAssignment assignment, Rollouts rollouts) {
        return and(method, assignment, rollouts, 0);
    }

    /**
     * The same with what an assignment gives in one row of a batch. Tokens are read position by position. So are turns and
     * steps, unless {@code turns} of the rollouts number them: then a turn gets the sum of its tokens. Nodes of a tree are
     * read by {@code nodes}, from all rows, and get the mean over the rows that pass through. What the mask leaves out is grey.
     *
     * @throws IllegalArgumentException for a row that isn't there, counted positions beyond the parts shown, too few of them,
     *     or numbers of parts that aren't shown
     */
    public CreditView and(String method, CreditAssignment assignment, Rollouts rollouts, int row) {
        try (Scope scope = Scope.open()) {
            return with(method, CreditReading.sums(scene, assignment.assign(rollouts), rollouts, row));
        }
    }

    /** The same with the advantages of the first row of a batch; see {@link #and(String, AdvantageEstimator, Rollouts, int)}. */
    public CreditView and(String method, AdvantageEstimator estimator, Rollouts rollouts) {
        return and(method, estimator, rollouts, 0);
    }

    /** The same with the advantages of one row, read as for an assignment, but that a turn or node gets its tokens' mean. */
    public CreditView and(String method, AdvantageEstimator estimator, Rollouts rollouts, int row) {
        try (Scope scope = Scope.open()) {
            return with(
                    method,
                    CreditReading.means(scene, estimator.estimate(rollouts).advantages(), rollouts, row));
        }
    }

    private CreditView with(String method, List<Double> numbers) {
        if (credit.containsKey(method)) {
            throw new IllegalArgumentException("method: expected a name that is not there yet, got " + method);
        }
        Map<String, List<Double>> more = new LinkedHashMap<>(credit);
        more.put(method, numbers);
        return new CreditView(scene, more, title, scaledEach);
    }

    /** The same under a title. */
    public CreditView title(String text) {
        return new CreditView(scene, credit, text, scaledEach);
    }

    /** The same with a scale of colours for each method. */
    public CreditView scaleEach() {
        return new CreditView(scene, credit, title, true);
    }

    private List<CreditLayer> layers() {
        Check.notEmpty("credit", credit.size());
        CreditScale common = CreditScale.of(credit.values());
        List<CreditLayer> layers = new ArrayList<>();
        credit.forEach((method, numbers) ->
                layers.add(new CreditLayer(method, numbers, scaledEach ? CreditScale.of(numbers, common) : common)));
        return layers;
    }

    private Rendering rendering() {
        List<CreditLayer> layers = layers();
        double top = title.isEmpty() ? 14 : 40;
        double foot = top + scene.height(layers);
        int width = (int) Math.ceil(scene.width());
        int bars = scaledEach ? layers.size() : 1;
        return new Rendering(width, (int) Math.ceil(foot + bars * FOOT + 4), title, canvas -> {
            canvas.text(title, width / 2.0, 24, new TextStyle(House.TITLE, House.INK, Align.MIDDLE));
            scene.paint(canvas, layers, top);
            for (int i = 0; i < bars; i++) {
                CreditLayer layer = layers.get(i);
                layer.scale().bar(canvas, foot + i * FOOT, scaledEach ? layer.method() : "credit");
            }
        });
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

    /** Text and tables for a page, light or dark; each coloured place brings its ground and its ink, and says its number. */
    public String html() {
        StringBuilder html = new StringBuilder("<div style=\"max-width:900px\">");
        if (!title.isEmpty()) {
            html.append("<div><b>").append(Html.escape(title)).append("</b></div>");
        }
        List<CreditLayer> layers = layers();
        scene.html(html, layers);
        html.append("<div style=\"font-size:80%;opacity:0.8;margin-top:6px\">");
        for (CreditLayer layer : scaledEach ? layers : layers.subList(0, 1)) {
            String of = scaledEach ? Html.escape(layer.method()) : "credit";
            html.append("<div>").append(of).append(layer.scale().range()).append("</div>");
        }
        return html.append("</div></div>").toString();
    }

    /** One row for each method and part. */
    public String csv() {
        NumberTable table = new NumberTable();
        table.panel(title.isEmpty() ? "1" : title);
        for (CreditLayer layer : layers()) {
            for (int i = 0; i < layer.credit().size(); i++) {
                table.add(
                        scene.part(),
                        layer.method(),
                        i,
                        scene.parts().get(i),
                        null,
                        null,
                        layer.credit().get(i));
            }
        }
        return table.csv();
    }

    /** Writes {@code name.svg}, {@code name.png} and {@code name.csv}, each aside and moved into place. */
    public CreditView save(Path folder, String name) {
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
        int parts = scene.parts().size();
        return "Credit of " + parts + " " + scene.part() + (parts == 1 ? "" : "s") + " by "
                + String.join(", ", credit.keySet());
    }
}
