package org.rewardlab.reward;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Check;

/**
 * What an annotator that cannot keep up reads next: the newest first. Zheng et al. 2024 (ONI), section 3.1.
 *
 * <p>Each tick appends what arrived, hands out the newest {@code batchSize} in order of arrival, and keeps the older ones pending,
 * at most the newest {@code keepLast} of them. When an agent outruns its annotator, old messages say little of what it does now.
 *
 * @param batchSize how many an annotator reads in a tick, at least 1
 * @param keepLast how many may wait, at least 0
 */
public record AnnotationQueue(int batchSize, int keepLast) implements Serializable {

    /** How many may wait unless told otherwise. */
    public static final int KEEP_LAST = 10_000;

    /**
     * A tick.
     *
     * @param annotated what is handed out, in order of arrival
     * @param pending what waits, oldest first
     */
    public record Tick(List<Long> annotated, List<Long> pending) {
        public Tick {
            annotated = List.copyOf(annotated);
            pending = List.copyOf(pending);
        }
    }

    public AnnotationQueue {
        Check.atLeast("batchSize", batchSize, 1);
        Check.atLeast("keepLast", keepLast, 0);
    }

    /** At most 10000 wait. */
    public AnnotationQueue(int batchSize) {
        this(batchSize, KEEP_LAST);
    }

    /** Nothing handed out, nothing waiting. */
    public Tick initial() {
        return new Tick(List.of(), List.of());
    }

    /**
     * The next tick.
     *
     * @param before the tick before
     * @param arrivals message ids in order of arrival; none is legal
     */
    public Tick next(Tick before, List<Long> arrivals) {
        List<Long> all = new ArrayList<>(before.pending());
        all.addAll(arrivals);
        int cut = Math.max(all.size() - batchSize, 0);
        List<Long> old = all.subList(0, cut);
        return new Tick(all.subList(cut, all.size()), old.subList(Math.max(cut - keepLast, 0), cut));
    }
}
