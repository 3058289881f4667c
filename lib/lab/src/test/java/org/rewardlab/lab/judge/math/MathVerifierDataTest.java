package org.rewardlab.lab.judge.math;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.data.RealData;

/** The verifier beside the labels that others gave. */
class MathVerifierDataTest {

    @Test
    void agreesWithTheCasesOfMathVerify() {
        List<ObjectNode> cases = RealData.rows("math-verify-cases", "cases.jsonl.gz");
        List<String> wrong = new ArrayList<>();
        for (ObjectNode row : cases) {
            MathVerifier verifier = new MathVerifier(
                    "gold",
                    row.path("precision").asInt(6),
                    row.path("allow_set_relation_comp").asBoolean(false));
            boolean expected = row.path("expected").asInt() == 1;
            if (verifier.matches(row.path("gold").asText(), row.path("pred").asText()) != expected) {
                String text = row.toString();
                wrong.add(
                        text.length() < 400
                                ? text
                                : text.substring(0, 200) + " ... " + text.substring(text.length() - 200));
            }
        }
        double agreement = 1 - wrong.size() / (double) cases.size();
        wrong.forEach(System.out::println);
        System.out.printf("math-verify: %d of %d agree%n", cases.size() - wrong.size(), cases.size());
        assertThat(agreement).as(String.join("\n", wrong)).isGreaterThan(0.9);
    }

    @Test
    void neverAcceptsAWrongSolutionOfGsm8k() {
        int accepted = 0;
        int right = 0;
        List<String> wrong = new ArrayList<>();
        MathVerifier verifier = new MathVerifier();
        for (ObjectNode row : RealData.rows("gsm8k", "model_solutions.jsonl.gz")) {
            String gold = row.path("ground_truth").asText();
            for (var field : row.properties()) {
                if (field.getValue().has("is_correct")) {
                    boolean label = field.getValue().path("is_correct").asBoolean();
                    String solution = field.getValue().path("solution").asText();
                    boolean matches = verifier.matches(gold, solution);
                    right += label ? 1 : 0;
                    accepted += label && matches ? 1 : 0;
                    if (matches && !label) {
                        wrong.add(gold + "\n  against\n" + solution);
                    }
                }
            }
        }
        System.out.printf("GSM8K: %d of %d right solutions accepted, %d wrong ones%n", accepted, right, wrong.size());
        assertThat(wrong).as(String.join("\n\n", wrong)).isEmpty();
        assertThat(right).isGreaterThan(2000);
        assertThat(accepted).isGreaterThan((int) (0.99 * right));
    }
}
