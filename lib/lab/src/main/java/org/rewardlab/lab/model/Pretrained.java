package org.rewardlab.lab.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Hugging Face folder holds: a language model, its tokenizer, and how it wants dialogues written.
 *
 * <pre>{@code
 * Pretrained qwen = Pretrained.load(Path.of("Qwen2.5-0.5B-Instruct"));
 * String prompt = qwen.chat().render(List.of(new Message("user", "What is a reward?")), true);
 * }</pre>
 *
 * @param model the model, owned by this
 * @param tokenizer text to ids
 * @param template the chat template; null where the folder has none
 * @param folder where it came from
 */
public record Pretrained(
        CausalLm model,
        PretrainedTokenizer tokenizer,
        @Nullable ChatTemplate template,
        Path folder) implements AutoCloseable {

    private static final String TEMPLATE = "chat_template.jinja";
    private static final List<String> COMPANIONS = List.of(
            PretrainedTokenizer.FILE,
            PretrainedTokenizer.CONFIG,
            TEMPLATE,
            "special_tokens_map.json",
            "generation_config.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "tokenizer.model");

    /** Reads all of it; see {@link CausalLm#load} and {@link PretrainedTokenizer#load} for what is refused. */
    public static Pretrained load(Path folder) {
        PretrainedTokenizer tokenizer = PretrainedTokenizer.load(folder);
        ChatTemplate template = template(folder, tokenizer.specialTokens());
        CausalLm model = CausalLm.load(folder);
        if (tokenizer.size() > model.config().vocabSize()) {
            model.close();
            throw new CheckpointException(
                    folder.resolve(PretrainedTokenizer.FILE),
                    "expected at most the " + model.config().vocabSize() + " tokens of the model, got "
                            + tokenizer.size());
        }
        return new Pretrained(model, tokenizer, template, folder);
    }

    private static @Nullable ChatTemplate template(Path folder, Map<String, String> special) {
        Path file = folder.resolve(TEMPLATE);
        try {
            if (Files.exists(file)) {
                return ChatTemplate.of(Files.readString(file), special);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be read: " + failure.getMessage(), failure);
        }
        Path config = folder.resolve(PretrainedTokenizer.CONFIG);
        JsonNode source = PretrainedConfig.tree(config).path("chat_template");
        if (source.isArray()) { // several by name
            for (JsonNode named : source) {
                if (named.path("name").asText().equals("default")) {
                    return ChatTemplate.of(named.path("template").asText(), special);
                }
            }
            throw new CheckpointException(config, "chat_template: expected one called default, got " + source.size());
        }
        return source.isTextual() ? ChatTemplate.of(source.asText(), special) : null;
    }

    /** The chat template; rejects a folder without one. */
    public ChatTemplate chat() {
        ChatTemplate found = template;
        if (found == null) {
            throw new CheckpointException(folder, "expected a chat template, got none");
        }
        return found;
    }

    /**
     * Writes the model with its tokenizer, template and the keys of the old config that say nothing of its shape, such as
     * {@code eos_token_id}; see {@link CausalLm#save(Path)}.
     */
    public void save(Path target) {
        model.save(target);
        try {
            for (String name : COMPANIONS) {
                if (Files.exists(folder.resolve(name))) {
                    Files.copy(folder.resolve(name), target.resolve(name));
                }
            }
            Path file = target.resolve(PretrainedConfig.FILE);
            ObjectNode written = PretrainedConfig.tree(file);
            for (Map.Entry<String, JsonNode> old :
                    PretrainedConfig.tree(folder.resolve(PretrainedConfig.FILE)).properties()) {
                if (old.getKey().endsWith("_token_id") || old.getKey().equals("use_cache")) {
                    written.set(old.getKey(), old.getValue());
                }
            }
            Path aside = target.resolve(PretrainedConfig.FILE + ".part");
            Files.writeString(aside, written.toPrettyString());
            Files.move(aside, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(target + ": cannot be written: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
