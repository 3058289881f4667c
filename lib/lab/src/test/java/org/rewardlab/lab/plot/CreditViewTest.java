package org.rewardlab.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.credit.CreditAssignment;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.tensor.Tensors;

class CreditViewTest {
    private NDManager nd;

    @BeforeEach
    void open() {
        nd = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        nd.close();
    }

    private NDArray rows(double[]... rows) {
        return Tensors.fromRows(nd, rows, DataType.FLOAT64);
    }

    private static double[] row(double... numbers) {
        return numbers;
    }

    private static CreditView three() {
        return CreditView.tokens(List.of("a", "b", "c"));
    }

    @Test
    void everyFormIsWellFormedSmallAndTheSameEachTime() throws Exception {
        Map<String, CreditView> again = Gallery.credit();
        for (Map.Entry<String, CreditView> entry : Gallery.credit().entrySet()) {
            CreditView view = entry.getValue();
            String page = "<page>" + view.html().replace("<br>", "<br/>") + "</page>";
            for (String document : List.of(view.svg(), page)) {
                assertThat(document.length()).as(entry.getKey()).isLessThan(150_000);
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
            }
            CreditView twin = Objects.requireNonNull(again.get(entry.getKey()));
            assertThat(twin).isEqualTo(view);
            assertThat(twin.svg()).isEqualTo(view.svg());
            assertThat(twin.png()).isEqualTo(view.png());
            assertThat(twin.mimeBundle())
                    .isEqualTo(view.mimeBundle())
                    .containsOnlyKeys("text/html", "image/svg+xml", "text/plain");
        }
    }

    /** When the look is changed on purpose, look at the gallery and put the new hash here. */
    @Test
    void vectorPicturesAreTheSameOnEveryJavaAndMachine() throws Exception {
        MessageDigest hash = MessageDigest.getInstance("SHA-256");
        for (CreditView view : Gallery.credit().values()) {
            hash.update(view.svg().getBytes(StandardCharsets.UTF_8));
            hash.update(view.html().getBytes(StandardCharsets.UTF_8));
        }
        assertThat(HexFormat.of().formatHex(hash.digest()))
                .isEqualTo("2ab63ba0d5d3c1f35346a5f04bf30b2f1742c8c9df51353e3796bea1949050a2");
    }

    @Test
    void creditIsColouredNumberedAndEscaped() {
        CreditView view = CreditView.tokens(List.of("a", " <b>", "\n", "c"))
                .and("<i>", 0.5, -1, Double.NaN, 0)
                .and("terminal", 0, 0, 0, 1);
        assertThat(view.html())
                .contains(
                        "&lt;b&gt;",
                        "&lt;i&gt;",
                        "title=\"-1\" style=\"background:#2166ac;color:#ffffff",
                        "⏎",
                        ">−1.00<")
                .contains("title=\"no credit\"", "#d0d0d0")
                .doesNotContain("<b>", "<i>");
        assertThat(view.csv()).contains("1,token,<i>,1, <b>,,,-1", "1,token,<i>,2,\"\n\",,,NaN");
        assertThat(view).hasToString("Credit of 4 tokens by <i>, terminal");
        for (CreditView other : List.of(
                CreditView.turns(List.of("<u>"), List.of("<s>")).and("<i>", 1),
                CreditView.tree(List.of("<s>"), -1).and("<i>", 1),
                CreditView.grid(List.of("<&"), 0).and("<i>", 1))) {
            assertThat(other.title("<u>").html())
                    .doesNotContain("<s>", "<i>", "<u>", "<&")
                    .contains("&lt;i&gt;", "&lt;u&gt;");
        }
    }

    @Test
    void numbersAndColoursFollowOneScaleOrEachItsOwn() {
        CreditScale scale = CreditScale.of(List.of(List.of(0.5, -2.0, Double.NaN, Double.POSITIVE_INFINITY)));
        assertThat(scale.largest()).isEqualTo(2);
        assertThat(scale.brief(0.5)).isEqualTo("+0.50");
        assertThat(new CreditScale(0.05).brief(-0.0123)).isEqualTo("−0.012");
        assertThat(scale.brief(Double.NaN)).isEqualTo("–");
        assertThat(scale.ground(-2)).isEqualTo(new Color(0x2166AC));
        assertThat(scale.ground(0)).isEqualTo(new Color(0xF7F7F7));
        assertThat(scale.ground(2)).isEqualTo(new Color(0xB2182B));
        CreditView view = three().and("small", 0.1, 0, -0.1).and("large", 1, 0, -1);
        String strongest = "background:#b2182b";
        assertThat(view.html().split(strongest, -1)).hasSize(2);
        assertThat(view.scaleEach().html().split(strongest, -1)).hasSize(3);
        assertThat(view.scaleEach().svg()).isNotEqualTo(view.svg());
    }

    @Test
    void roundingErrorsAreNoCredit() {
        CreditView view =
                three().and("dust", 4e-17, -4e-17, 0).and("some", 1, 0, 0).scaleEach();
        assertThat(view.html().split("background:#b2182b", -1)).hasSize(2);
        assertThat(view.html()).doesNotContain("0.00<", "background:#2166ac");
        assertThat(three().and("dust", 4e-17, 0, 0).html()).doesNotContain("background:#b2182b", "0.00<");
        assertThat(three().and("small", 1e-9, 0, 0).html()).contains("background:#b2182b");
    }

    @Test
    void longAndBrokenTextsStayInTheirPlace() {
        CreditView broken = CreditView.turns(List.of("a"), List.of("one\ntwo")).and("m", 1);
        CreditView single = CreditView.turns(List.of("a"), List.of("one two")).and("m", 1);
        assertThat(broken.image().getHeight()).isGreaterThan(single.image().getHeight());
        CreditView endless =
                CreditView.turns(List.of("a"), List.of("x".repeat(500))).and("m", 1);
        assertThat(endless.image().getWidth()).isEqualTo(single.image().getWidth());
        assertThat(endless.svg().length()).isLessThan(20_000);
        assertThat(three().and("m", Double.POSITIVE_INFINITY, 1, 0).html())
                .contains("+∞", "title=\"Infinity\" style=\"background:#d0d0d0");
    }

    @Test
    void tokensAreReadFromARowAndWhatTheMaskLeavesOutIsGrey() {
        Rollouts rollouts = Rollouts.of(rows(row(0, 0, 0, 0), row(3, 1, 2, 0)), rows(row(1, 1, 1, 1), row(1, 0, 1, 0)));
        assertThat(three().and("given", CreditAssignment.asGiven(), rollouts, 1)
                        .credit()
                        .get("given"))
                .containsExactly(3.0, Double.NaN, 2.0);
        AdvantageEstimator centred =
                batch -> new org.rewardlab.credit.Advantages(batch.rewards().sub(1), null);
        assertThat(three().and("less one", centred, rollouts, 1).credit().get("less one"))
                .containsExactly(2.0, Double.NaN, 1.0);
    }

    @Test
    void aTurnHasTheSumOfItsRewardsAndTheMeanOfItsAdvantages() {
        Rollouts rollouts =
                Rollouts.of(rows(row(1, 2, 9, 4, 6)), rows(row(1, 1, 0, 1, 1))).withTurns(rows(row(0, 0, -1, 2, 2)));
        AdvantageEstimator given = batch -> new org.rewardlab.credit.Advantages(batch.rewards(), null);
        CreditView view = CreditView.turns(List.of("agent", "tool", "agent"), List.of("a", "b", "c"))
                .and("sum", CreditAssignment.asGiven(), rollouts)
                .and("mean", given, rollouts);
        assertThat(view.credit().get("sum")).containsExactly(3.0, Double.NaN, 10.0);
        assertThat(view.credit().get("mean")).containsExactly(1.5, Double.NaN, 5.0);
    }

    @Test
    void aNodeHasTheMeanOfTheRowsThatPassThrough() {
        Rollouts rollouts = Rollouts.of(rows(row(1, 5, 0), row(3, 7, 7)), rows(row(1, 1, 0), row(1, 1, 1)))
                .withNodes(rows(row(0, 1, 0), row(0, 2, 2)));
        CreditView view = CreditView.tree(List.of("root", "left", "right"), -1, 0, 0)
                .and("given", CreditAssignment.asGiven(), rollouts);
        assertThat(view.credit().get("given")).containsExactly(2.0, 5.0, 14.0);
    }

    @Test
    void aCellHasTheSumOfItsSteps() {
        CreditView view = CreditView.grid(List.of("A."), 0, 1, 0).and("m", 0.25, Double.NaN, 0.5);
        assertThat(view.html()).contains(">A<br>+0.75<", ">–<");
        assertThat(view.csv()).contains("step,m,2,row 0 column 0,,,0.5");
    }

    @Test
    void theLibrarysMethodsFindTheirPlaces() {
        NDArray ones = rows(row(1, 1, 1), row(1, 1, 1));
        Rollouts rollouts = Rollouts.of(rows(row(0, 0, 1), row(0, 0, 0)), ones)
                .withOutcomes(Tensors.create(nd, new double[] {6, 0}, DataType.FLOAT64, 2))
                .withLogps(ones.mul(-1))
                .withRefLogps(ones.mul(-3))
                .withGroupsOf(2);
        CreditView view = three().and("uniform", CreditAssignment.uniform(), rollouts)
                .and("implied", CreditAssignment.implicitReward(0.5), rollouts)
                .and("RLOO", AdvantageEstimator.rloo(), rollouts, 1);
        assertThat(view.credit().get("uniform")).containsExactly(2.0, 2.0, 2.0);
        assertThat(view.credit().get("implied")).containsExactly(1.0, 1.0, 1.0);
        assertThat(view.credit().get("RLOO")).allSatisfy(a -> assertThat(a).isCloseTo(-1, within(1e-12)));
    }

    @Test
    void whatDoesNotFitIsRejectedByName() {
        Rollouts four = Rollouts.of(rows(row(1, 1, 1, 1)), rows(row(1, 1, 1, 1)));
        Rollouts two = Rollouts.of(rows(row(1, 1)), rows(row(1, 1)));
        CreditAssignment given = CreditAssignment.asGiven();
        rejects("credit: expected 3 numbers, one for each token, got 2 for m", () -> three().and("m", 1, 2));
        rejects(
                "method: expected a name that is not there yet, got m",
                () -> three().and("m", 1, 2, 3).and("m", 1, 2, 3));
        rejects("credit: expected at least one, got none", () -> three().svg());
        rejects("row: expected 0 to 0, got 1", () -> three().and("m", given, four, 1));
        rejects(
                "nothing counted in row 0 after its 3 tokens, got a mask of 1.0 at position 3",
                () -> three().and("m", given, four));
        rejects(
                "rollouts: expected at least 3 positions, one for each token, got 2",
                () -> three().and("m", given, two));
        rejects("nodes", () -> CreditView.tree(List.of("a"), -1).and("m", given, two));
        rejects(
                "numbers below 1, the turns shown, got 1 in row 0",
                () -> CreditView.turns(List.of(""), List.of("a")).and("m", given, two.withTurns(rows(row(0, 1)))));
        rejects("tokens: expected at least one", () -> CreditView.tokens(List.of()));
        rejects(
                "speakers: expected 1, one for each text, got 2",
                () -> CreditView.turns(List.of("a", "b"), List.of("c")));
        rejects("parents: expected 1, one for each label, got 2", () -> CreditView.tree(List.of("a"), -1, 0));
        rejects("no circle, got 1 for node 0", () -> CreditView.tree(List.of("a", "b"), 1, 0));
        rejects("parents: expected nodes below 1", () -> CreditView.tree(List.of("a"), 4));
        rejects("map: expected rows of 2 cells, got \"a\"", () -> CreditView.grid(List.of("ab", "a"), 0));
        rejects("path: expected cells 0 to 1, got 2", () -> CreditView.grid(List.of("ab"), 2));
        rejects("path: expected at least one", () -> CreditView.grid(List.of("ab")));
    }

    private static void rejects(String message, Runnable call) {
        assertThatIllegalArgumentException().isThrownBy(call::run).withMessageContaining(message);
    }
}
