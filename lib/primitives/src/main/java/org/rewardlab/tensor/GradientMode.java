package org.rewardlab.tensor;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Whether operations of this thread are recorded for differentiation, until it is closed.
 *
 * <p>PyTorch keeps the mode per thread, on by default, and DJL switches it off on one thread only. A thread that
 * computes without gradients opens {@link #paused()}, one that will call {@link Gradients#backward} opens
 * {@link #recording()}.
 *
 * <pre>{@code
 * boolean recorded;
 * try (var mode = GradientMode.paused()) {
 *     recorded = GradientMode.isRecording();
 * }
 * recorded
 * // => false
 * }</pre>
 */
public final class GradientMode implements AutoCloseable {

    static {
        Engine.getInstance();
    }

    private final boolean before;

    private GradientMode(boolean record) {
        before = JniUtils.isGradMode();
        if (before != record) {
            JniUtils.setGradMode(record);
        }
    }

    /** Records operations on arrays that require gradients. */
    public static GradientMode recording() {
        return new GradientMode(true);
    }

    /** Records nothing: results are plain numbers, and parameters may be changed in place. */
    public static GradientMode paused() {
        return new GradientMode(false);
    }

    /** Whether this thread records at the moment. */
    public static boolean isRecording() {
        return JniUtils.isGradMode();
    }

    /** Sets the mode for the rest of a thread's life, as the first line of a worker. */
    public static void set(boolean record) {
        JniUtils.setGradMode(record);
    }

    @Override
    public void close() {
        if (JniUtils.isGradMode() != before) {
            JniUtils.setGradMode(before);
        }
    }
}
