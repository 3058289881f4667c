package org.rewardlab.lab.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Something people ask about, with the steps of a good answer and the reason behind them. */
record ToySubject(String topic, String task, List<String> steps, String reason) {
    private static final List<String> QUESTIONS = List.of(
            "How do I %s?",
            "What is the best way to %s?",
            "I want to %s. Where do I start?",
            "Can you tell me how to %s?",
            "I have never tried to %s. What should I do?",
            "Please explain how to %s.",
            "A friend wants to %s. What do I say?",
            "What do I need to know to %s?");

    static List<ToySubject> all() {
        try (InputStream in = Objects.requireNonNull(
                        ToySubject.class.getResourceAsStream("helpful-toy-subjects.tsv"), "helpful-toy-subjects.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(ToySubject::parse).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ToySubject parse(String line) {
        List<String> fields = List.of(line.split("\t", -1));
        return new ToySubject(fields.get(0), fields.get(1), fields.subList(2, 5), fields.get(5));
    }

    String question(Draws draws) {
        return draws.pick(QUESTIONS).replace("%s", task);
    }
}
