package org.rewardlab.lab.train;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.rewardlab.lab.model.Tokenizer;

/** Texts as trainers need them. */
final class Texts {
    private Texts() {}

    /** The tokens of a completion and the end token. */
    static int[] ended(Tokenizer tokenizer, String completion) {
        int[] tokens = tokenizer.encode(completion);
        int[] all = Arrays.copyOf(tokens, tokens.length + 1);
        all[tokens.length] = tokenizer.endId();
        return all;
    }

    /** Tells one list of records from another: by it a run knows whether a checkpoint belongs to its data. */
    static String digest(List<?> rows) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object row : rows) {
                digest.update(row.toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
