package org.rewardlab.lab.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;

/**
 * The tokenizer of a Hugging Face folder: {@code tokenizer.json}, with the special tokens that {@code tokenizer_config.json}
 * names.
 *
 * <p>Texts are encoded without beginning or end token; special tokens that stand in a text, as chat templates write them,
 * become their ids.
 */
public final class PretrainedTokenizer implements Tokenizer {
    private static final long serialVersionUID = 1;

    static final String FILE = "tokenizer.json";
    static final String CONFIG = "tokenizer_config.json";

    private final byte[] definition;
    private final int size;
    private final int padId;
    private final int endId;
    private final LinkedHashMap<String, String> specialTokens;
    private transient @Nullable HuggingFaceTokenizer engine;

    private PretrainedTokenizer(byte[] definition, int size, int padId, int endId, Map<String, String> specialTokens) {
        this.definition = definition.clone();
        this.size = size;
        this.padId = padId;
        this.endId = endId;
        this.specialTokens = new LinkedHashMap<>(specialTokens);
    }

    /**
     * Reads the tokenizer of a folder.
     *
     * <p>The end token is {@code eos_token}; the pad token {@code pad_token}, or the end token where there is none.
     *
     * @throws CheckpointException if a file is missing or malformed, or names a token that the vocabulary has not
     */
    public static PretrainedTokenizer load(Path folder) {
        Path file = folder.resolve(FILE);
        ObjectNode json = PretrainedConfig.tree(file);
        Map<String, Integer> ids = ids(json);
        if (ids.isEmpty()) {
            throw new CheckpointException(file, "expected a vocabulary, got none");
        }
        int size = 1 + Collections.max(ids.values());
        Path configFile = folder.resolve(CONFIG);
        Map<String, String> special = new LinkedHashMap<>();
        if (Files.exists(configFile)) {
            PretrainedConfig.tree(configFile).properties().forEach(entry -> {
                String token = content(entry.getValue());
                if (entry.getKey().endsWith("_token") && token != null) {
                    special.put(entry.getKey(), token);
                }
            });
        }
        int end = id(configFile, "eos_token", special, ids);
        int pad = special.containsKey("pad_token") ? id(configFile, "pad_token", special, ids) : end;
        try {
            PretrainedTokenizer tokenizer = new PretrainedTokenizer(Files.readAllBytes(file), size, pad, end, special);
            tokenizer.engine();
            return tokenizer;
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be read: " + failure.getMessage(), failure);
        } catch (RuntimeException malformed) {
            throw new CheckpointException(file, "expected a tokenizer, got " + malformed.getMessage());
        }
    }

    private static Map<String, Integer> ids(JsonNode json) {
        Map<String, Integer> ids = new HashMap<>();
        JsonNode vocabulary = json.path("model").path("vocab");
        if (vocabulary.isObject()) {
            vocabulary
                    .properties()
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue().asInt()));
        } else {
            for (int i = 0; i < vocabulary.size(); i++) { // Unigram: [token, score]
                ids.put(vocabulary.get(i).path(0).asText(), i);
            }
        }
        json.path("added_tokens")
                .forEach(token ->
                        ids.put(token.path("content").asText(), token.path("id").asInt()));
        return ids;
    }

    private static @Nullable String content(JsonNode token) {
        if (token.isTextual()) {
            return token.asText();
        }
        return token.path("content").isTextual() ? token.path("content").asText() : null;
    }

    private static int id(Path file, String name, Map<String, String> special, Map<String, Integer> ids) {
        String token = special.get(name);
        Integer id = token == null ? null : ids.get(token);
        if (id == null) {
            throw new CheckpointException(file, name + ": expected a token of the vocabulary, got " + token);
        }
        return id;
    }

    private synchronized HuggingFaceTokenizer engine() {
        HuggingFaceTokenizer made = engine;
        if (made == null) {
            try {
                made = HuggingFaceTokenizer.newInstance(
                        new ByteArrayInputStream(definition),
                        Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            engine = made;
        }
        return made;
    }

    @Override
    public int[] encode(String text) {
        long[] ids = engine().encode(text, false, false).getIds();
        int[] out = new int[ids.length];
        for (int i = 0; i < ids.length; i++) {
            out[i] = Math.toIntExact(ids[i]);
        }
        return out;
    }

    @Override
    public String decode(int[] tokens) {
        long[] ids = new long[tokens.length];
        int kept = 0;
        for (int token : tokens) {
            if (token < 0 || token >= size) {
                throw Check.failure("ids", "token ids in [0, " + size + ")", token);
            }
            if (token != padId && token != endId) {
                ids[kept++] = token;
            }
        }
        return kept == 0 ? "" : engine().decode(java.util.Arrays.copyOf(ids, kept), false);
    }

    /** Special tokens by the names of {@code tokenizer_config.json}, such as {@code eos_token}. */
    public Map<String, String> specialTokens() {
        return Collections.unmodifiableMap(specialTokens);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int padId() {
        return padId;
    }

    @Override
    public int endId() {
        return endId;
    }

    @Override
    public String toString() {
        return "PretrainedTokenizer(" + size + " tokens)";
    }
}
