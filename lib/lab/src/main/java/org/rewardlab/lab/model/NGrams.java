package org.rewardlab.lab.model;

import java.util.Arrays;
import java.util.List;

/**
 * Signed feature hashing of word n-grams (Weinberger et al. 2009): an n-gram counts +1 or -1 at one of D positions, both of them bits of its hash, so
 * that collisions cancel on average.
 */
final class NGrams {
    private NGrams() {}

    /** Position and sign of every n-gram, as {@code 2 * position + (negative ? 1 : 0)}, sorted. */
    static int[] slots(List<String> words, int longest, int dimension) {
        long[] hashes = words.stream().mapToLong(NGrams::hash).toArray();
        int[] slots = new int[count(hashes.length, longest)];
        int next = 0;
        for (int n = 1; n <= longest; n++) {
            for (int start = 0; start + n <= hashes.length; start++) {
                long hash = n;
                for (int i = start; i < start + n; i++) {
                    hash = mix(hash * 0x9E3779B97F4A7C15L + hashes[i]);
                }
                slots[next++] = (int) ((hash >>> 1) & (dimension - 1)) << 1 | (int) (hash >>> 63);
            }
        }
        Arrays.sort(slots);
        return slots;
    }

    private static int count(int words, int longest) {
        int count = 0;
        for (int n = 1; n <= longest; n++) {
            count += Math.max(0, words - n + 1);
        }
        return count;
    }

    private static long hash(String word) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    /** The finalizer of MurmurHash3. */
    private static long mix(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
