package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * A claim that a notebook checked, as an output carries it.
 *
 * @param statement the sentence that is claimed
 * @param verdict how it came out
 * @param details the numbers behind the verdict, possibly empty
 */
public record Claim(String statement, Verdict verdict, String details) {
    /** The MIME type under which an output carries a claim: an object of {@code statement}, {@code verdict}, {@code details}. */
    public static final String MIME_TYPE = "application/vnd.rewardlab.claim+json";

    /** How a claim came out. */
    public enum Verdict {
        HOLDS,
        FAILS,
        NOT_JUDGED
    }

    /** The claim in an output, if there is one; a verdict that is none of the known words counts as failed. */
    public static Optional<Claim> of(JsonNode output) {
        JsonNode claim = output.path("data").path(MIME_TYPE);
        if (!claim.isObject()) {
            return Optional.empty();
        }
        Verdict verdict = switch (claim.path("verdict").asText()) {
            case "holds" -> Verdict.HOLDS;
            case "not judged" -> Verdict.NOT_JUDGED;
            default -> Verdict.FAILS;
        };
        JsonNode details = claim.path("details");
        String text = details.isMissingNode() || details.isNull()
                ? ""
                : details.isTextual() ? details.asText() : details.toString();
        return Optional.of(new Claim(claim.path("statement").asText(), verdict, text));
    }
}
