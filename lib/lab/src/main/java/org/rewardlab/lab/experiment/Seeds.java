package org.rewardlab.lab.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * A tree of seeds. Children are split from their parent, never counted up from it: {@code base + i} makes the streams of
 * neighbouring seeds overlap. The root is {@code REWARDLAB_SEED} (system property {@code rewardlab.seed} stands before it;
 * default 0), so that one number changes every draw of a notebook.
 *
 * @param value the seed at this place of the tree
 */
public record Seeds(long value) {
    private static final RandomGeneratorFactory<SplittableGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /**
     * The root of all seeds.
     *
     * @throws IllegalArgumentException when what is set is no whole number of 64 bits
     */
    public static Seeds root() {
        @Nullable String text = Setting.SEED.text();
        if (text == null) {
            return new Seeds(0);
        }
        try {
            return new Seeds(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    Setting.SEED.name() + ": expected a whole number of 64 bits, got \"" + text + "\"", e);
        }
    }

    /** Seed number {@code index} below the root: what a cell passes to a model or a data set. */
    public static long seed(int index) {
        return root().child(index).value();
    }

    /** The child of a name: two names give unrelated seeds, in whatever order they are asked for. */
    public Seeds child(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
            byte[] bytes = digest.digest(name.getBytes(StandardCharsets.UTF_8));
            return new Seeds(ByteBuffer.wrap(bytes).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The child of a number.
     *
     * @param index at least 0
     */
    public Seeds child(int index) {
        if (index < 0) {
            throw new IllegalArgumentException("index: expected at least 0, got " + index);
        }
        SplittableGenerator parent = GENERATORS.create(value);
        SplittableGenerator source = GENERATORS.create(parent.nextLong() ^ mixed(index));
        return new Seeds(source.split().nextLong());
    }

    /** A generator started from this seed, itself splittable. */
    public SplittableGenerator generator() {
        return GENERATORS.create(value);
    }

    /** A generator for the step of a run, independent of those of all other steps. */
    public RandomGenerator step(int step) {
        return child(step).generator();
    }

    /** Spreads small indices over all 64 bits: the finalizer of Stafford's mix 13, a bijection. */
    private static long mixed(long index) {
        long z = (index + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
