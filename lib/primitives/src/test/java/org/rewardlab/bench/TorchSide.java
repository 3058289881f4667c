package org.rewardlab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The process that does the same work in PyTorch, asked one thing at a time. */
final class TorchSide implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;
    private final String versions;

    private TorchSide(Process process) throws IOException {
        this.process = process;
        this.questions = process.outputWriter();
        this.answers = process.inputReader();
        JsonNode hello = JSON.readTree(Optional.ofNullable(answers.readLine()).orElse("{}"));
        if (!hello.has("torch")) {
            throw new IOException("it has no torch");
        }
        this.versions = "PyTorch " + hello.path("torch").asText() + " (Python "
                + hello.path("python").asText() + ")";
    }

    /** Starts the process; empty, with a word on the reason, where there is no Python with torch. */
    static Optional<TorchSide> start(String python, String script) {
        try {
            ProcessBuilder builder = new ProcessBuilder(python, script);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("OMP_NUM_THREADS", "1");
            return Optional.of(new TorchSide(builder.start()));
        } catch (IOException failure) {
            System.out.println(python + " cannot run the same work in PyTorch (" + failure.getMessage()
                    + "); timing ours alone. Debian has python3-torch.");
            return Optional.empty();
        }
    }

    String versions() {
        return versions;
    }

    JsonNode setUp(Benchmark benchmark) {
        return ask("setup", benchmark.name()).path("variants");
    }

    void drop(Benchmark benchmark) {
        ask("drop", benchmark.name());
    }

    /** Seconds of a number of calls. */
    Timing run(Benchmark benchmark, String variant, int calls) {
        JsonNode answer = ask("run", benchmark.name(), variant, Integer.toString(calls));
        return new Timing(
                answer.path("wall").asDouble() / calls, answer.path("cpu").asDouble() / calls);
    }

    private JsonNode ask(String... words) {
        try {
            questions.write(String.join("\t", words));
            questions.newLine();
            questions.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IOException("the PyTorch side ended at: " + String.join(" ", words));
            }
            return JSON.readTree(line);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
