package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.statistics.Bootstrap;
import org.rewardlab.lab.statistics.Interval;

/** Bars side by side: one for each method, or a group of methods at each place. */
final class BarPanels {
    private static final double GROUP = 0.74;

    private BarPanels() {}

    static Panel single(Map<String, Interval> byMethod) {
        Check.notEmpty("byMethod", byMethod.size());
        List<Mark> marks = new ArrayList<>();
        List<String> names = List.copyOf(new ArrayList<>(byMethod.keySet()));
        byMethod.forEach((name, height) -> marks.add(
                new Bars(name, false, List.of((double) names.indexOf(name)), List.of(name), List.of(height), 0.62)));
        return Panel.of(marks).xAxis(Axis.PLAIN.naming(names)).order(names);
    }

    static Panel means(Map<String, double[]> bySeed) {
        Map<String, Interval> means = new LinkedHashMap<>();
        int seeds = 0;
        for (Map.Entry<String, double[]> method : bySeed.entrySet()) {
            means.put(method.getKey(), Bootstrap.standard().mean(method.getValue()));
            seeds = Math.max(seeds, method.getValue().length);
        }
        return single(means)
                .note(seeds == 1 ? "One seed" : "Mean and 95 % bootstrap interval over " + seeds + " seeds");
    }

    static Panel grouped(List<String> groups, Map<String, List<Interval>> byMethod) {
        Check.notEmpty("groups", groups.size());
        Check.notEmpty("byMethod", byMethod.size());
        double width = GROUP / byMethod.size();
        List<Mark> marks = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, List<Interval>> method : byMethod.entrySet()) {
            if (method.getValue().size() != groups.size()) {
                throw new IllegalArgumentException(
                        "byMethod: expected " + groups.size() + " values, one for each group, got "
                                + method.getValue().size() + " for " + method.getKey());
            }
            List<Double> places = new ArrayList<>();
            for (int g = 0; g < groups.size(); g++) {
                places.add(g - GROUP / 2 + (number + 0.5) * width);
            }
            marks.add(new Bars(method.getKey(), true, places, groups, method.getValue(), width * 0.96));
            number++;
        }
        return Panel.of(marks).xAxis(Axis.PLAIN.naming(groups)).order(List.copyOf(byMethod.keySet()));
    }
}
