package org.rewardlab.credit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Tensors;

/**
 * Trajectories that share their first steps: rows of numbered nodes, where equal numbers are one and the same step.
 *
 * <p>Every node has one parent, the step before it in all rows through it. The first steps of a prompt form one fork, so do
 * the steps after any one node.
 *
 * <pre>{@code
 * var tree = StepTree.ofSteps(nd.create(new long[][] {{0, 1, -1}, {0, 2, 3}}));
 * tree.forks().stream().map(Arrays::toString).toList()
 * // => [[0], [1, 2], [3]]
 * tree.spread(nd.create(new float[] {0.5f, 1, 2, 3}))
 * // => ND: (2, 3) cpu() float32 [[0.5, 1., 0.], [0.5, 2., 3.]]
 * var nodes = nd.create(new long[][] {{0, 0, 1}, {0, 0, 2}});      // the first step has two tokens
 * var rollouts = Rollouts.of(nd.zeros(new Shape(2, 3)), nd.ones(new Shape(2, 3))).withNodes(nodes);
 * StepTree.ofTokens(rollouts).path(1)
 * // => int[2] { 0, 2 }
 * }</pre>
 */
public final class StepTree {

    private final int[][] nodeAt;
    private final int[][] paths;
    private final int[] parents;
    private final int[] groupOfRow;
    private final int nodes;

    private StepTree(int[][] nodeAt, int[][] paths, int[] groupOfRow) {
        this.nodeAt = nodeAt;
        this.paths = paths;
        this.groupOfRow = groupOfRow;
        this.nodes = 1 + Arrays.stream(paths).flatMapToInt(Arrays::stream).max().orElse(-1);
        this.parents = parents();
    }

    /**
     * The tree of one prompt, a column for each step.
     *
     * @param nodes integers 0 to S-1, -1 after the end of a trajectory (B,T)
     * @throws IllegalArgumentException for fractions, a row of -1 alone, numbers after a -1, a number at two depths or under
     *     two parents, numbers that leave one of 0 to S-1 out
     */
    public static StepTree ofSteps(NDArray nodes) {
        int[][] at = integers(nodes);
        int[][] paths = new int[at.length][];
        for (int b = 0; b < at.length; b++) {
            int length = 0;
            while (length < at[b].length && at[b][length] >= 0) {
                length++;
            }
            for (int t = length; t < at[b].length; t++) {
                if (at[b][t] != -1) {
                    throw Check.failure("nodes", "nothing but -1 after the end of a row", at[b][t] + " in row " + b);
                }
            }
            if (length == 0) {
                throw Check.failure("nodes", "a step in each row", "none in row " + b);
            }
            paths[b] = Arrays.copyOf(at[b], length);
        }
        return new StepTree(at, paths, new int[at.length]);
    }

    /**
     * The trees of a batch, token by token: counted tokens that follow each other with one number are one step, others do not
     * count. Each group has a tree of its own; without groups all rows share one.
     *
     * @param rollouts whose nodes and mask are read, and groups if present
     * @throws IllegalArgumentException as {@link #ofSteps}, for a negative number on a counted token, or a node in two groups
     */
    public static StepTree ofTokens(Rollouts rollouts) {
        int[][] at = integers(Check.present("nodes", rollouts.nodes(), "trees"));
        double[][] mask = Tensors.toRows(rollouts.mask());
        int[][] paths = new int[at.length][];
        for (int b = 0; b < at.length; b++) {
            List<Integer> path = new ArrayList<>();
            for (int t = 0; t < at[b].length; t++) {
                if (mask[b][t] == 0) {
                    at[b][t] = -1;
                } else if (at[b][t] < 0) {
                    throw Check.failure("nodes", "a node on each counted token", at[b][t] + " in row " + b);
                } else if (path.isEmpty() || path.get(path.size() - 1) != at[b][t]) {
                    path.add(at[b][t]);
                }
            }
            if (path.isEmpty()) {
                throw Check.failure("mask", "a counted token in each row", "none in row " + b);
            }
            paths[b] = path.stream().mapToInt(Integer::intValue).toArray();
        }
        return new StepTree(at, paths, groupsOf(rollouts.groups(), at.length));
    }

    private static int[][] integers(NDArray nodes) {
        Check.matrix("nodes", nodes);
        double[][] numbers = Tensors.toRows(nodes);
        int[][] at = new int[numbers.length][];
        for (int b = 0; b < at.length; b++) {
            at[b] = new int[numbers[b].length];
            for (int t = 0; t < at[b].length; t++) {
                at[b][t] = (int) numbers[b][t];
                if (at[b][t] != numbers[b][t] || at[b][t] < -1) {
                    throw Check.failure("nodes", "whole numbers of at least -1", numbers[b][t]);
                }
            }
        }
        return at;
    }

    private static int[] groupsOf(@Nullable NDArray groups, int rows) {
        int[] groupOfRow = new int[rows];
        if (groups != null) {
            int number = 0;
            for (int[] members : Groups.of(groups)) {
                for (int b : members) {
                    groupOfRow[b] = number;
                }
                number++;
            }
        }
        return groupOfRow;
    }

    /** The parent of each node; that of a first step is -1 minus its group's number. */
    private int[] parents() {
        int[] parent = new int[nodes];
        int[] depth = new int[nodes];
        Arrays.fill(depth, -1);
        for (int b = 0; b < paths.length; b++) {
            int before = -1 - groupOfRow[b];
            for (int t = 0; t < paths[b].length; t++) {
                int node = paths[b][t];
                if (depth[node] >= 0 && depth[node] != t) {
                    throw Check.failure("nodes", "each node at one depth", node + " at " + depth[node] + " and " + t);
                }
                if (depth[node] >= 0 && parent[node] != before) {
                    throw Check.failure("nodes", "each node under one parent", node + " under two");
                }
                depth[node] = t;
                parent[node] = before;
                before = node;
            }
        }
        for (int node = 0; node < nodes; node++) {
            if (depth[node] < 0) {
                throw Check.failure("nodes", "all of 0 to " + (nodes - 1), "no " + node);
            }
        }
        return parent;
    }

    /** How many trajectories there are. */
    public int trajectories() {
        return paths.length;
    }

    /** How many nodes there are. */
    public int nodes() {
        return nodes;
    }

    /** The nodes of a trajectory, from the first step on. */
    public int[] path(int trajectory) {
        return paths[trajectory].clone();
    }

    /** The step before a node; negative for a first step. */
    public int parent(int node) {
        return parents[node];
    }

    /** The nodes of each fork: all that share a parent. */
    public List<int[]> forks() {
        Map<Integer, List<Integer>> siblings = new LinkedHashMap<>();
        for (int node = 0; node < nodes; node++) {
            siblings.computeIfAbsent(parents[node], key -> new ArrayList<>()).add(node);
        }
        return arrays(siblings);
    }

    /** The trajectories of each group. */
    List<int[]> groups() {
        Map<Integer, List<Integer>> rows = new LinkedHashMap<>();
        for (int b = 0; b < groupOfRow.length; b++) {
            rows.computeIfAbsent(groupOfRow[b], key -> new ArrayList<>()).add(b);
        }
        return arrays(rows);
    }

    private static List<int[]> arrays(Map<Integer, List<Integer>> lists) {
        return lists.values().stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /**
     * One number a node on all its places, 0 elsewhere.
     *
     * @param values of the nodes (S)
     * @return (B,T) of their type
     */
    public NDArray spread(NDArray values) {
        double[] numbers = numbers("values", values);
        return matrix(values.getManager(), values.getDataType(), (b, t) -> numbers[nodeAt[b][t]]);
    }

    /** The numbers of all nodes (S); rejects another number of them and what is not finite. */
    double[] numbers(String name, NDArray values) {
        Check.floating(name, values);
        Check.shape(name, values, nodes);
        return finite(name, values);
    }

    /** The numbers of all trajectories (B); rejects another number of them and what is not finite. */
    double[] ofTrajectories(String name, NDArray values) {
        Check.floating(name, values);
        Check.shape(name, values, paths.length);
        return finite(name, values);
    }

    private static double[] finite(String name, NDArray values) {
        double[] numbers = Tensors.toDoubles(values);
        for (double number : numbers) {
            Check.finite(name, number);
        }
        return numbers;
    }

    /** Where a number of each place comes from. */
    @FunctionalInterface
    interface Place {
        double value(int row, int column);
    }

    /** A number for each place that holds a node (B,T), 0 elsewhere. */
    NDArray matrix(NDManager manager, DataType type, Place place) {
        double[][] rows = new double[nodeAt.length][nodeAt[0].length];
        for (int b = 0; b < rows.length; b++) {
            for (int t = 0; t < rows[b].length; t++) {
                rows[b][t] = nodeAt[b][t] < 0 ? 0 : place.value(b, t);
            }
        }
        return Tensors.fromRows(manager, rows, type);
    }

    int nodeAt(int row, int column) {
        return nodeAt[row][column];
    }

    /** Whether a place is the last one of its node in its row. */
    boolean isLast(int row, int column) {
        for (int t = column + 1; t < nodeAt[row].length; t++) {
            if (nodeAt[row][t] >= 0) {
                return nodeAt[row][t] != nodeAt[row][column];
            }
        }
        return true;
    }

    /** What the rows say of each node, from numbers at their places; rejects rows that say different things of one. */
    double[] agreed(String name, double[][] rows, boolean sum) {
        double[] values = new double[nodes];
        Arrays.fill(values, Double.NaN);
        for (int b = 0; b < rows.length; b++) {
            double total = 0;
            for (int t = 0; t < rows[b].length; t++) {
                if (nodeAt[b][t] < 0) {
                    continue;
                }
                total += sum || isLast(b, t) ? rows[b][t] : 0;
                if (isLast(b, t)) {
                    int node = nodeAt[b][t];
                    Check.finite(name, total);
                    if (Math.abs(values[node] - total) > 1e-5 * Math.max(1, Math.abs(total))) {
                        throw Check.failure(
                                name, "one number for a step that rows share", values[node] + " and " + total);
                    }
                    values[node] = total;
                    total = 0;
                }
            }
        }
        return values;
    }
}
