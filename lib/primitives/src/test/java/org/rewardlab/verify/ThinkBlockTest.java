package org.rewardlab.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen of a reply with a thought before it. */
class ThinkBlockTest {

    @Test
    void theOtherSideSeesWhatFollowsTheThought() {
        assertThat(ThinkBlock.of(" <think>be warm</think>\n I hear you. "))
                .isEqualTo(new ThinkBlock("I hear you.", true));
        assertThat(ThinkBlock.of("  no tags ")).as("as it came").isEqualTo(new ThinkBlock("  no tags ", false));
        assertThat(ThinkBlock.of("<think>a</think>b</think> c").visible()).isEqualTo("c");
        assertThat(ThinkBlock.of("<think>a<think>b").visible()).isEqualTo("<think>a<think>b");
        assertThat(ThinkBlock.of("</think>b")).isEqualTo(new ThinkBlock("b", false));
        assertThat(ThinkBlock.of("").visible()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reply",
                "",
                "<think>open only",
                "late <think>a</think> b",
                "<think> </think> b",
                "<think>a</think> ",
                "<think>a</think>b</think>c",
                "<think>a<think>b</think>c",
                "<think>a</think><think>b</think>c",
                "</think>a<think>b",
                "<Think>a</Think>b"
            })
    void otherFormsAreNotWellFormed(String text) {
        assertThat(ThinkBlock.of(text).wellFormed()).isFalse();
    }
}
