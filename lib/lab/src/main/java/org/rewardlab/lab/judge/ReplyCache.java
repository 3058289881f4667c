package org.rewardlab.lab.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Answers on disk, a file each, named by the hash of what was asked of whom. */
final class ReplyCache {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    ReplyCache(Path folder) {
        this.folder = folder;
    }

    static String key(String endpoint, String request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(endpoint.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Path file(String key) {
        return folder.resolve(key.substring(0, 2)).resolve(key + ".json");
    }

    /** The answer kept under a key; null where there is none or the file is damaged. */
    @Nullable
    JsonNode get(String key) {
        try {
            return JSON.readTree(Files.readString(file(key)));
        } catch (NoSuchFileException | JsonProcessingException absent) {
            return null;
        } catch (IOException failure) {
            throw new UncheckedIOException(file(key) + ": cannot be read: " + failure.getMessage(), failure);
        }
    }

    void put(String key, JsonNode answer) {
        Path file = file(key);
        try {
            Files.createDirectories(file.getParent());
            Path aside = Files.createTempFile(file.getParent(), key, ".part");
            Files.writeString(aside, answer.toString());
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException(file + ": cannot be written: " + failure.getMessage(), failure);
        }
    }
}
