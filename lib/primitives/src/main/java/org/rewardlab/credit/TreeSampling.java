package org.rewardlab.credit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.rewardlab.tensor.Check;

/**
 * Trajectories grown as a tree, so that several share their first steps. Wu et al. 2025 (PORTool).
 *
 * <p>First steps are drawn for all trajectories. Then, depth by depth, every unfinished one is continued {@code branching} times,
 * and of the candidates as many are kept, uniformly at random without replacement, as there were unfinished ones; the rest
 * are forgotten. A branching of 1 gives independent trajectories.
 *
 * <pre>{@code
 * var letters = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j").iterator();
 * var grown = new TreeSampling(2, 2, 3)
 *         .<String>grow(letters::next, step -> step + letters.next(), step -> false, new Random(1));
 * grown.steps()
 * // => [[b, be, beh], [b, be, beg]]
 * grown.nodes()
 * // => [[0, 1, 2], [0, 1, 3]]
 * grown.finished()
 * // => [false, false]
 * }</pre>
 *
 * @param trajectories how many, at least 1
 * @param branching continuations tried at each step, at least 1
 * @param maxDepth steps after which an unfinished trajectory is cut, at least 1
 */
public record TreeSampling(int trajectories, int branching, int maxDepth) implements Serializable {

    public TreeSampling {
        Check.atLeast("trajectories", trajectories, 1);
        Check.atLeast("branching", branching, 1);
        Check.atLeast("maxDepth", maxDepth, 1);
    }

    /**
     * What was grown.
     *
     * @param steps of each trajectory, first to last; trajectories with a common beginning hold the same objects there
     * @param nodes number of each step's node, 0 to S-1
     * @param finished whether each trajectory came to an end before it was cut
     * @param <S> a step, with all that is needed to continue after it
     */
    public record Grown<S>(List<List<S>> steps, List<List<Integer>> nodes, List<Boolean> finished) {

        /** The numbers of nodes as rows of one width, -1 after the end of a trajectory. */
        public long[][] rows() {
            int width = nodes.stream().mapToInt(List::size).max().orElse(0);
            long[][] rows = new long[nodes.size()][width];
            for (int j = 0; j < rows.length; j++) {
                for (int t = 0; t < width; t++) {
                    rows[j][t] = t < nodes.get(j).size() ? nodes.get(j).get(t) : -1;
                }
            }
            return rows;
        }

        /** The step behind each node, by its number. */
        public List<S> distinct() {
            Map<Integer, S> byNode = new HashMap<>();
            for (int j = 0; j < steps.size(); j++) {
                for (int t = 0; t < steps.get(j).size(); t++) {
                    byNode.put(nodes.get(j).get(t), steps.get(j).get(t));
                }
            }
            List<S> all = new ArrayList<>();
            for (int node = 0; node < byNode.size(); node++) {
                S step = byNode.get(node);
                if (step == null) {
                    throw Check.failure("nodes", "all of 0 to " + (byNode.size() - 1), "no " + node);
                }
                all.add(step);
            }
            return all;
        }
    }

    /**
     * Grows one tree.
     *
     * @param first draws a first step
     * @param next draws a continuation of a step, a new object each time
     * @param done whether a trajectory ends with that step
     * @param random for the choice among candidates
     * @throws IllegalArgumentException if one object is drawn twice
     */
    public <S> Grown<S> grow(Supplier<S> first, UnaryOperator<S> next, Predicate<S> done, RandomGenerator random) {
        List<List<S>> finished = new ArrayList<>();
        List<List<S>> open = new ArrayList<>();
        for (int j = 0; j < trajectories; j++) {
            open.add(List.of(first.get()));
        }
        for (int depth = 1; ; depth++) {
            List<List<S>> unfinished = new ArrayList<>();
            for (List<S> path : open) {
                (done.test(path.get(path.size() - 1)) ? finished : unfinished).add(path);
            }
            if (unfinished.isEmpty() || depth == maxDepth) {
                return number(finished, unfinished);
            }
            List<List<S>> candidates = new ArrayList<>();
            for (List<S> path : unfinished) {
                for (int i = 0; i < branching; i++) {
                    List<S> longer = new ArrayList<>(path);
                    longer.add(next.apply(path.get(path.size() - 1)));
                    candidates.add(longer);
                }
            }
            for (int i = 0; i < unfinished.size(); i++) { // the first places of a shuffle
                Collections.swap(candidates, i, i + random.nextInt(candidates.size() - i));
            }
            open = candidates.subList(0, unfinished.size());
        }
    }

    private static <S> Grown<S> number(List<List<S>> finished, List<List<S>> cut) {
        List<List<S>> paths = new ArrayList<>(finished);
        paths.addAll(cut);
        IdentityHashMap<S, Integer> numbers = new IdentityHashMap<>();
        IdentityHashMap<S, Integer> depths = new IdentityHashMap<>();
        List<List<Integer>> nodes = new ArrayList<>();
        for (List<S> path : paths) {
            List<Integer> row = new ArrayList<>();
            for (int t = 0; t < path.size(); t++) {
                S step = path.get(t);
                Integer depth = depths.putIfAbsent(step, t);
                if (depth != null && depth != t) {
                    throw Check.failure("next", "a new object for each continuation", step);
                }
                Integer known = numbers.putIfAbsent(step, numbers.size());
                row.add(known == null ? numbers.size() - 1 : known);
            }
            nodes.add(List.copyOf(row));
        }
        List<Boolean> ended = new ArrayList<>(Collections.nCopies(finished.size(), true));
        ended.addAll(Collections.nCopies(cut.size(), false));
        return new Grown<>(paths.stream().map(List::copyOf).toList(), nodes, List.copyOf(ended));
    }
}
