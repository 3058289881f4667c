package org.rewardlab.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.rewardlab.lab.experiment.Claims.claim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.rewardlab.lab.statistics.Proportion;

@ExtendWith(SettingsFixture.class)
class ClaimTest {
    private record Arm(double beta) {}

    private static final Arm GOOD = new Arm(0.1);
    private static final Arm BAD = new Arm(0.5);

    private final Results gold =
            Results.of("gold", GOOD, 2.0, 2.2, 2.1, 1.9, 2.3).and(BAD, -3.0, -3.5, -2.8, -3.1, -3.3);

    @BeforeEach
    void atLaptopScale() {
        System.setProperty("rewardlab.scale", "laptop");
    }

    @Test
    void levelIsJudgedByTheMeanWithItsMargin() {
        Claim claim = claim("it keeps the gold", gold)
                .atLeast(GOOD, 1.8)
                .atMost(BAD, -3)
                .between(GOOD, 2, 3);
        assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(claim.checks().get(0).margin()).isCloseTo(0.3, within(1e-9));
        assertThat(claim.checks().get(1).margin()).isCloseTo(0.14, within(1e-9));
        assertThat(claim.checks().get(2).margin()).isCloseTo(0.1, within(1e-9));
        assertThat(claim.seeds()).isEqualTo(5);
        assertThat(claim.atLeast(GOOD, 2.2).verdict()).isEqualTo(Verdict.FAILS);
    }

    @Test
    void differenceIsJudgedByTheLowerEndOfItsPairedInterval() {
        Claim claim = claim("better", gold).differenceAtLeast(GOOD, BAD, 5);
        ClaimCheck check = claim.checks().get(0);
        assertThat(check.found().estimate()).isCloseTo(5.24, within(1e-9));
        assertThat(check.found().low()).isBetween(4.9, 5.24);
        assertThat(check.margin()).isCloseTo(check.found().low() - 5, within(1e-12));
        assertThat(check.what()).isEqualTo("gold of Arm[beta=0.1] − Arm[beta=0.5]");
        Results onlyOneLucky = Results.of("gold", "a", 9.0, 0.1, -0.1, 0.0, 0.1).and("b", 0, 0, 0, 0, 0);
        assertThat(claim("lucky", onlyOneLucky).differenceAtLeast("a", "b", 0.5).verdict())
                .isEqualTo(Verdict.FAILS);
    }

    @Test
    void withOneSeedTheNumberItselfIsJudged() {
        Results one = Results.of("gold", "a", 3).and("b", 1);
        Claim claim = claim("one seed", one).differenceAtLeast("a", "b", 1.5).atLeast("a", 3);
        assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(claim.toString()).contains("1 seed,").doesNotContain("intervals");
    }

    @Test
    void missingValuesFailWithTheReason() {
        Results diverged = Results.of("gold", "a", 2, Double.NaN, 2).and("b", 0, 0, 0);
        Claim claim = claim("diverged", diverged).atLeast("a", 1).differenceAtLeast("a", "b", 1);
        assertThat(claim.verdict()).isEqualTo(Verdict.FAILS);
        assertThat(claim.checks()).allSatisfy(check -> {
            assertThat(check.holds()).isFalse();
            assertThat(check.problem()).isEqualTo("1 of 3 seeds gave no number (NaN)");
        });
        assertThat(claim("none").atLeast("accuracy", Double.NaN, 0.5).toString())
                .contains("the value is NaN");
    }

    @Test
    void neverThrows() {
        Claim claim = claim("nothing of this is there", gold)
                .atLeast("no such arm", 1)
                .differenceAtLeast(GOOD, "no such arm", 1)
                .that("a check that breaks", () -> {
                    throw new IllegalStateException("broken");
                });
        assertThat(claim.verdict()).isEqualTo(Verdict.FAILS);
        assertThat(claim.toString())
                .contains("expected one of [Arm[beta=0.1], Arm[beta=0.5]], got no such arm", "broken");
        Results uneven = Results.of("gold", "a", 1, 2).and("b", 1);
        assertThat(claim("uneven", uneven).differenceAtLeast("a", "b", 0).toString())
                .contains("expected the same seeds, got 2 and 1");
    }

    @Test
    void claimWithoutAnyCheckFails() {
        assertThat(claim("empty").verdict()).isEqualTo(Verdict.FAILS);
        assertThat(claim("empty").toString()).contains("nothing was checked");
    }

    @Test
    void smokeComputesAndDoesNotJudge() {
        System.setProperty("rewardlab.scale", "smoke");
        Claim claim = claim("too early", gold).atLeast(GOOD, 100);
        assertThat(claim.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        assertThat(claim.toString()).contains("not judged", "missed by 97.9", "too small to judge");
    }

    @Test
    void numbersIntervalsAndConditionsNeedNoResults() {
        Claim claim = claim("accurate")
                .atLeast("accuracy", Proportion.wilson(90, 100), 0.8)
                .atMost("error", 0.05, 0.1)
                .between("share", 0.5, 0.4, 0.6)
                .that("monotone", () -> true);
        assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(claim.atLeast("accuracy", Proportion.wilson(90, 100), 0.85).verdict())
                .isEqualTo(Verdict.FAILS);
    }

    @Test
    void jsonHasWhatAHeadlessRunReads() throws Exception {
        Claim claim = claim("it \"keeps\" <gold>", gold).atLeast(GOOD, 1.8).atLeast("nan", Double.NaN, 1);
        JsonNode json = new ObjectMapper().readTree(claim.json());
        assertThat(json.path("statement").asText()).isEqualTo("it \"keeps\" <gold>");
        assertThat(json.path("verdict").asText()).isEqualTo("fails");
        assertThat(json.path("seeds").asInt()).isEqualTo(5);
        assertThat(json.path("scale").asText()).isEqualTo("laptop");
        assertThat(json.path("checks")).hasSize(2);
        JsonNode first = json.path("checks").path(0);
        assertThat(first.path("holds").asBoolean()).isTrue();
        assertThat(first.path("estimate").asDouble()).isCloseTo(2.1, within(1e-9));
        assertThat(first.path("margin").asDouble()).isCloseTo(0.3, within(1e-9));
        assertThat(json.path("checks").path(1).path("margin").isNull()).isTrue();
        assertThat(claim.mimeBundle()).containsKeys("text/plain", "text/html", Claim.MIME);
    }

    @Test
    void htmlIsEscapedAndColoured() {
        String green = claim("a < b", gold).atLeast(GOOD, 1.8).html();
        assertThat(green).contains("a &lt; b", "#2e8b57", "by 0.3", "5 seeds").doesNotContain("#d64545");
        assertThat(claim("red", gold).atLeast(GOOD, 3).html()).contains("#d64545", "missed by 0.9");
    }
}
