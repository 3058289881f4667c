package org.rewardlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.data.Message;

class PretrainedTest {

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        CheckpointFixture fixture = new CheckpointFixture(5);
        fixture.model(300, 16, 1, 16, 16, 24, "", false);
        fixture.write(folder, "BF16", 1);
        Files.writeString(folder.resolve("config.json"), """
                {"model_type": "llama", "vocab_size": 300, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 1,
                 "num_attention_heads": 2, "max_position_embeddings": 128, "tie_word_embeddings": true, "eos_token_id": 257}""");
        Files.writeString(folder.resolve("tokenizer.json"), tokenizer());
        Files.writeString(folder.resolve("tokenizer_config.json"), """
                {"eos_token": {"content": "<|im_end|>"}, "pad_token": "<pad>", "bos_token": null,
                 "chat_template": "{% for m in messages %}<|im_start|>{{ m.role }}\\n{{ m.content }}<|im_end|>{% endfor %}"}""");
    }

    /** A byte-level BPE with one merge and three special tokens, in the layout of Llama 3 and Qwen2. */
    private static String tokenizer() {
        StringBuilder vocabulary = new StringBuilder();
        for (int b = 0; b < 256; b++) {
            // printable bytes stand for themselves, the others for the characters from 256 on
            boolean shown = (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
            int hidden = b < '!' ? b : b < 0xa1 ? b - '~' + ' ' : 67;
            vocabulary.append("\"\\u" + String.format("%04x", shown ? b : 256 + hidden) + "\": " + b + ",");
        }
        String special =
                "{\"id\": %s, \"content\": \"%s\", \"special\": true, \"single_word\": false, \"lstrip\": false,"
                        + " \"rstrip\": false, \"normalized\": false}";
        return "{\"version\": \"1.0\", \"truncation\": null, \"padding\": null, \"added_tokens\": ["
                + special.formatted(257, "<|im_end|>") + "," + special.formatted(258, "<|im_start|>") + ","
                + special.formatted(259, "<pad>")
                + "], \"normalizer\": null, \"pre_tokenizer\": {\"type\": \"ByteLevel\", \"add_prefix_space\": false,"
                + " \"trim_offsets\": true, \"use_regex\": true}, \"post_processor\": null, \"decoder\": {\"type\":"
                + " \"ByteLevel\", \"add_prefix_space\": true, \"trim_offsets\": true, \"use_regex\": true}, \"model\":"
                + " {\"type\": \"BPE\", \"dropout\": null, \"unk_token\": null, \"vocab\": {" + vocabulary
                + "\"he\": 256}, \"merges\": [\"h e\"]}}";
    }

    @Test
    void aFolderGivesModelTokenizerAndTemplate() {
        try (Pretrained all = Pretrained.load(folder)) {
            String prompt = all.chat().render(List.of(new Message("user", "he é")), true);
            assertThat(prompt).isEqualTo("<|im_start|>user\nhe é<|im_end|>");
            int[] ids = all.tokenizer().encode(prompt);
            assertThat(ids)
                    .hasSize(11)
                    .startsWith(258, 'u', 's', 'e', 'r')
                    .endsWith(257)
                    .contains(256, 0xc3, 0xa9);
            assertThat(all.tokenizer().decode(ids)).isEqualTo("<|im_start|>user\nhe é");
            assertThat(all.tokenizer().size()).isEqualTo(260);
            assertThat(all.tokenizer().endId()).isEqualTo(257);
            assertThat(all.tokenizer().padId()).isEqualTo(259);
            assertThat(all.tokenizer().show(256)).isEqualTo("he");
            assertThat(all.tokenizer().decode(new int[0])).isEmpty();
        }
    }

    @Test
    void whatIsSavedIsAWholeFolderAgain() {
        Path copy = folder.resolve("copy");
        try (Pretrained all = Pretrained.load(folder)) {
            all.save(copy);
        }
        try (Pretrained again = Pretrained.load(copy)) {
            assertThat(again.chat().render(List.of(new Message("user", "x")), true))
                    .contains("user\nx");
            assertThat(PretrainedConfig.tree(copy.resolve("config.json"))
                            .path("eos_token_id")
                            .asInt())
                    .isEqualTo(257);
        }
    }

    @Test
    void aTokenizerTravels() throws IOException, ClassNotFoundException {
        PretrainedTokenizer tokenizer = PretrainedTokenizer.load(folder);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(tokenizer);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((Tokenizer) in.readObject()).encode("hehe!")).containsExactly(256, 256, '!');
        }
    }

    @Test
    void missingPartsAreNamed() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"</s>\"}");
        assertThatThrownBy(() -> Pretrained.load(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageEndingWith("eos_token: expected a token of the vocabulary, got </s>");
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|im_end|>\"}");
        try (Pretrained without = Pretrained.load(folder)) {
            assertThat(without.tokenizer().padId()).isEqualTo(257);
            assertThatThrownBy(without::chat).hasMessageEndingWith("expected a chat template, got none");
        }
        Files.writeString(
                folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"<|im_end|>\": 0}}}");
        assertThatThrownBy(() -> Pretrained.load(folder)).isInstanceOf(CheckpointException.class);
        Files.delete(folder.resolve("tokenizer.json"));
        assertThatThrownBy(() -> Pretrained.load(folder)).hasMessageContaining("tokenizer.json: expected a file");
    }
}
