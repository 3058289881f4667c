package org.rewardlab.lab.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads verdicts out of what a judge wrote: the last one counts, and what is not exactly one is none. */
final class Verdicts {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST = 100_000;
    private static final Pattern RATING = Pattern.compile("\\[\\[\\s*(-?\\d{1,6}(?:\\.\\d{1,6})?)\\s*]]");
    private static final Pattern CHOICE = Pattern.compile("\\[\\[\\s*([ABC])\\s*]]");
    private static final Pattern ORDER = Pattern.compile("\\[\\[\\s*(\\d{1,4}(?:\\s*>\\s*\\d{1,4}){0,999})\\s*]]");

    private Verdicts() {}

    /** A rating {@code [[7]]} within bounds. */
    static @Nullable Double rating(String text, double low, double high) {
        String found = last(RATING, text);
        if (found == null) {
            return null;
        }
        double rating = Double.parseDouble(found);
        return rating >= low && rating <= high ? rating : null;
    }

    /** {@code [[A]]}, {@code [[B]]} or {@code [[C]]} for a tie: 1, 0 or a half. */
    static @Nullable Double choice(String text) {
        String found = last(CHOICE, text);
        if (found == null) {
            return null;
        }
        return found.equals("A") ? 1 : found.equals("B") ? 0.0 : 0.5;
    }

    /** An order {@code [[2 > 1 > 3]]} that names each of n answers once, as places counted from 0, the best first. */
    static @Nullable List<Integer> order(String text, int n) {
        String found = last(ORDER, text);
        if (found == null) {
            return null;
        }
        List<Integer> order = new ArrayList<>();
        for (String place : found.split(">", -1)) {
            order.add(Integer.parseInt(place.strip()) - 1);
        }
        TreeSet<Integer> places = new TreeSet<>(order);
        boolean whole = order.size() == n && places.size() == n && places.first() == 0 && places.last() == n - 1;
        return whole ? order : null;
    }

    /** A JSON object that answers each criterion with a number in [0, 1] or a truth value; null where one is missing. */
    static @Nullable Map<String, Double> criteria(String text, List<String> names) {
        JsonNode json = lastObject(text);
        if (json == null) {
            return null;
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        for (String name : names) {
            JsonNode node = json.path(name);
            double score =
                    node.isBoolean() ? (node.asBoolean() ? 1 : 0) : node.isNumber() ? node.asDouble() : Double.NaN;
            if (!(score >= 0 && score <= 1)) {
                return null;
            }
            scores.put(name, score);
        }
        return scores;
    }

    /** The object between the last closing brace and the opening brace that belongs to it. */
    private static @Nullable JsonNode lastObject(String text) {
        int end = text.lastIndexOf('}');
        int depth = 0;
        for (int i = end; i >= 0 && end - i < LONGEST; i--) {
            char c = text.charAt(i);
            depth += c == '}' ? 1 : c == '{' ? -1 : 0;
            if (depth == 0) {
                try {
                    return JSON.readTree(text.substring(i, end + 1));
                } catch (JsonProcessingException malformed) {
                    return null;
                }
            }
        }
        return null;
    }

    private static @Nullable String last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text.length() > LONGEST ? text.substring(text.length() - LONGEST) : text);
        String found = null;
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }
}
