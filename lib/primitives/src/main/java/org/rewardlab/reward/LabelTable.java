package org.rewardlab.reward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * An intrinsic reward that remembers: each message earns the label that an annotator gave it. Zheng et al. 2024 (ONI), section
 * 3.2 (retrieval).
 *
 * <p>A value: {@link #with} gives a table that knows more. Messages without a label earn the fallback and are {@link #unseen}, to be
 * annotated.
 *
 * @param labels 1 for helpful messages, 0 for others, by message id
 * @param fallback reward of a message without a label, finite
 */
public record LabelTable(Map<Long, Integer> labels, double fallback) implements Serializable {

    public LabelTable {
        labels = Map.copyOf(labels);
        for (int label : labels.values()) {
            if (label != 0 && label != 1) {
                throw Check.failure("labels", "nothing but 0 and 1", label);
            }
        }
        Check.finite("fallback", fallback);
    }

    /** Nothing known, nothing earned. */
    public static LabelTable empty() {
        return new LabelTable(Map.of(), 0);
    }

    /** A table that knows more messages; a later label replaces an earlier one. */
    public LabelTable with(Map<Long, Integer> more) {
        Map<Long, Integer> all = new LinkedHashMap<>(labels);
        all.putAll(more);
        return new LabelTable(all, fallback);
    }

    /**
     * The reward of each message.
     *
     * @param messageIds (B,T), integers
     * @param type of the rewards
     * @return (B,T), constant
     */
    public NDArray rewards(NDArray messageIds, DataType type) {
        double[] ids = MessageIds.of(messageIds);
        for (int i = 0; i < ids.length; i++) {
            ids[i] = reward((long) ids[i]);
        }
        return Tensors.create(
                messageIds.getManager(), ids, type, messageIds.getShape().getShape());
    }

    /** The reward of one message. */
    public double reward(long messageId) {
        Integer label = labels.get(messageId);
        return label == null ? fallback : label;
    }

    /** The messages of a batch (B,T) without a label, once each, in order of first appearance. */
    public List<Long> unseen(NDArray messageIds) {
        Set<Long> found = new LinkedHashSet<>();
        for (double id : MessageIds.of(messageIds)) {
            if (!labels.containsKey((long) id)) {
                found.add((long) id);
            }
        }
        return List.copyOf(found);
    }
}
