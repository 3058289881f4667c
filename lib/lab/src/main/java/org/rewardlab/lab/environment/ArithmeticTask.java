package org.rewardlab.lab.environment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.model.CharTokenizer;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.tensor.Check;

/**
 * Sums of two numbers with a fixed number of digits, and their verifier: {@code 47+85=} asks for {@code 132}.
 *
 * <p>With worked steps the digits are added from the right, each step naming digits, carry and what is written: {@code
 * 7+5+0=12;4+8+1=13;132}. Columns of a prompt: {@code a}, {@code b}, {@code answer}.
 *
 * @param digits of each summand, 1 to 9
 * @param worked whether solutions show their steps
 */
public record ArithmeticTask(int digits, boolean worked) implements PromptSource {

    private static final CharTokenizer TOKENIZER = CharTokenizer.of("0123456789+=;");

    public ArithmeticTask {
        Check.within("digits", digits, 1, 9);
    }

    /** Sums without worked steps. */
    public ArithmeticTask(int digits) {
        this(digits, false);
    }

    /** A token for each character. */
    public Tokenizer tokenizer() {
        return TOKENIZER;
    }

    /** The most tokens that a solution takes, end token included. */
    public int longestSolution() {
        return digits + 2 + (worked ? 9 * digits : 0);
    }

    /** The most tokens that prompt and solution take together. */
    public int longestSequence() {
        return 2 * digits + 2 + longestSolution();
    }

    @Override
    public List<Prompt> draw(int count, RandomGenerator random) {
        int bound = (int) Math.pow(10, digits);
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prompts.add(prompt(random.nextInt(bound), random.nextInt(bound)));
        }
        return prompts;
    }

    /** The prompt that asks for a sum. */
    public Prompt prompt(int a, int b) {
        String text = padded(a) + "+" + padded(b) + "=";
        return new Prompt(text, Map.of("a", a, "b", b, "answer", a + b));
    }

    private String padded(int number) {
        return String.format("%0" + digits + "d", number);
    }

    /** The right completion of a prompt of this task. */
    public String solution(Prompt prompt) {
        int a = number(prompt, "a");
        int b = number(prompt, "b");
        StringBuilder text = new StringBuilder();
        if (worked) {
            int carry = 0;
            for (int place = 0, scale = 1; place < digits; place++, scale *= 10) {
                int x = a / scale % 10;
                int y = b / scale % 10;
                int sum = x + y + carry;
                text.append(x).append('+').append(y).append('+').append(carry);
                text.append('=').append(sum).append(';');
                carry = sum / 10;
            }
        }
        return text.append(a + b).toString();
    }

    private static int number(Prompt prompt, String column) {
        if (prompt.columns().get(column) instanceof Integer number) {
            return number;
        }
        throw Check.failure("prompt", "a prompt of this task, with a column " + column, prompt);
    }

    /** Whether a completion ends with the right number: all of it without worked steps, else what follows the last step. */
    public boolean isRight(String completion, Map<String, Object> row) {
        String last = completion.substring(completion.lastIndexOf(';') + 1);
        String number = worked ? last : completion;
        return number.strip().equals(String.valueOf(row.get("answer")));
    }
}
