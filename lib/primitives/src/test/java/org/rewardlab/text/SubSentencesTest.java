package org.rewardlab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.testing.LossLaws.assertRejects;

import org.junit.jupiter.api.Test;

/** Sentences in pieces. */
class SubSentencesTest {

    @Test
    void aCutFollowsAMarkWhereBothSidesAreLongEnough() {
        SubSentences cut = new SubSentences();
        assertThat(cut.of("a red bus stands there, two men wait beside it; the sun is about to set"))
                .containsExactly("a red bus stands there,", "two men wait beside it;", "the sun is about to set");
        assertThat(cut.of("a red bus, two men wait beside it, and more"))
                .as("too early, then too little left")
                .containsExactly("a red bus, two men wait beside it, and more");
        assertThat(cut.of("a red bus stands there, two men, wait beside it here today"))
                .as("too early after a cut")
                .containsExactly("a red bus stands there,", "two men, wait beside it here today");
        assertThat(cut.of("one, two, three, four, five, six seven eight nine ten"))
                .containsExactly("one, two, three, four, five,", "six seven eight nine ten");
        assertThat(cut.of("is it a bus. or a car. or a train. or what"))
                .as("full stops do not cut")
                .hasSize(1);
        assertThat(cut.of("  ")).isEmpty();
        assertThat(new SubSentences(1).of("yes! no? maybe, so")).containsExactly("yes!", "no?", "maybe,", "so");
        assertThat(new SubSentences(2).of(" spaces   are\tone,  as   said "))
                .containsExactly("spaces are one,", "as said");
        assertRejects("minWords", () -> new SubSentences(0));
    }
}
