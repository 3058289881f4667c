package org.rewardlab.lab.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Puts rows of different lengths together so that little of a batch is padding. */
public final class Packing {

    private Packing() {}

    /**
     * Rows packed one behind the other into bins of a fixed capacity: best fit, the longest first.
     *
     * @param lengths of the rows, each from 1 to the capacity
     * @param capacity most tokens of a bin
     * @return the rows of each bin, by their place in the list
     */
    public static List<List<Integer>> bins(List<Integer> lengths, int capacity) {
        check(lengths, capacity);
        List<List<Integer>> bins = new ArrayList<>();
        TreeMap<Integer, List<Integer>> byRoom = new TreeMap<>(); // room left to the bins that have it
        for (int row : longestFirst(lengths)) {
            int length = lengths.get(row);
            var tightest = byRoom.ceilingEntry(length);
            int bin;
            int room;
            if (tightest == null) {
                bins.add(new ArrayList<>());
                bin = bins.size() - 1;
                room = capacity;
            } else {
                bin = tightest.getValue().remove(tightest.getValue().size() - 1);
                room = tightest.getKey();
                if (tightest.getValue().isEmpty()) {
                    byRoom.remove(room);
                }
            }
            bins.get(bin).add(row);
            byRoom.computeIfAbsent(room - length, left -> new ArrayList<>()).add(bin);
        }
        return bins;
    }

    /**
     * Batches of rows of similar lengths, in an order drawn by the seed: each holds at most so many tokens, padding counted.
     *
     * @param lengths of the rows, each from 1 to the bound
     * @param tokensPerBatch the longest row of a batch times its rows stays within it
     * @param seed the same seed gives the same batches
     */
    public static List<List<Integer>> buckets(List<Integer> lengths, int tokensPerBatch, long seed) {
        check(lengths, tokensPerBatch);
        int[] order = Shuffle.order(lengths.size(), seed); // rows of one length meet in another order for each seed
        List<Integer> sorted = IntStream.of(order)
                .boxed()
                .sorted(Comparator.comparing(lengths::get))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        for (int row : sorted) {
            if ((long) (batch.size() + 1) * lengths.get(row) > tokensPerBatch) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(row);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        List<List<Integer>> drawn = new ArrayList<>();
        for (int i : Shuffle.order(batches.size(), ~seed)) {
            drawn.add(List.copyOf(batches.get(i)));
        }
        return drawn;
    }

    /** The share of a padded batch that is padding, over all batches. */
    public static double padding(List<Integer> lengths, List<List<Integer>> batches) {
        long padded = 0;
        long used = 0;
        for (List<Integer> batch : batches) {
            padded += (long) batch.size()
                    * batch.stream().mapToInt(lengths::get).max().orElse(0);
            used += batch.stream().mapToLong(lengths::get).sum();
        }
        return padded == 0 ? 0 : 1 - used / (double) padded;
    }

    private static List<Integer> longestFirst(List<Integer> lengths) {
        return IntStream.range(0, lengths.size())
                .boxed()
                .sorted(Comparator.comparing((Integer row) -> lengths.get(row)).reversed())
                .toList();
    }

    private static void check(List<Integer> lengths, int capacity) {
        for (int i = 0; i < lengths.size(); i++) {
            if (lengths.get(i) < 1 || lengths.get(i) > capacity) {
                throw new IllegalArgumentException(
                        "lengths: expected from 1 to " + capacity + ", got " + lengths.get(i) + " at " + i);
            }
        }
    }
}
