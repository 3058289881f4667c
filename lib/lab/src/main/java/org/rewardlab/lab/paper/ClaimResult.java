package org.rewardlab.lab.paper;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a run said of one claim.
 *
 * @param statement the sentence
 * @param verdict {@code holds}, {@code fails} or {@code not judged}
 * @param scale the scale of the run
 * @param check the first check in words: what and its bound
 * @param estimate what came out for it; NaN where there is no number
 * @param margin how far inside the bound it was judged, negative outside; NaN where there is no number
 * @param seeds how many seeds the claim rests on; 0 where that means nothing
 */
public record ClaimResult(
        String statement, String verdict, String scale, String check, double estimate, double margin, int seeds) {

    static ClaimResult of(JsonNode json) {
        JsonNode first = json.path("checks").path(0);
        return new ClaimResult(
                json.path("statement").asText(),
                json.path("verdict").asText(),
                json.path("scale").asText(),
                (first.path("what").asText() + " " + first.path("relation").asText()).strip(),
                first.path("estimate").asDouble(Double.NaN),
                first.path("margin").asDouble(Double.NaN),
                json.path("seeds").asInt());
    }

    /** Whether the run judged the claim and found that it holds. */
    public boolean holds() {
        return verdict.equals("holds");
    }
}
