package org.rewardlab.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.kernel.protocol.ServedKernel.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Cells of the past as a front end asks for them. */
class HistoryMessagesTest extends WithKernel {

    @BeforeAll
    static void prepare() {
        client.execute("int a = 1;");
        client.execute("a + 1");
        client.execute("a + 2", json("store_history", false));
        client.execute("a + 3", json("silent", true));
        client.execute("a / 0");
        client.execute("a + 1");
        client.execute(" \n");
    }

    private static JsonArray history(String request) {
        JsonObject content = JsonParser.parseString(request).getAsJsonObject();
        return client.request("history_request", content).reply().content().getAsJsonArray("history");
    }

    private static List<String> sources(String request) {
        List<String> sources = new ArrayList<>();
        for (JsonElement entry : history(request)) {
            sources.add(entry.getAsJsonArray().get(2).getAsString());
        }
        return sources;
    }

    @Test
    void theLastCellsAreThoseThatWereCounted() {
        assertThat(sources("{\"hist_access_type\": \"tail\", \"n\": 9}"))
                .containsExactly("int a = 1;", "a + 1", "a / 0", "a + 1");
        assertThat(sources("{\"hist_access_type\": \"tail\", \"n\": 1}")).containsExactly("a + 1");
        assertThat(sources("{\"hist_access_type\": \"tail\", \"n\": 0}")).isEmpty();
    }

    @Test
    void aRangeEndsBeforeItsStop() {
        assertThat(sources("{\"hist_access_type\": \"range\", \"session\": 0, \"start\": 2, \"stop\": 4}"))
                .containsExactly("a + 1", "a / 0");
        assertThat(sources("{\"hist_access_type\": \"range\", \"session\": 0, \"start\": 3, \"stop\": null}"))
                .containsExactly("a / 0", "a + 1");
        assertThat(sources("{\"hist_access_type\": \"range\", \"session\": 0, \"start\": -2, \"stop\": 0}"))
                .containsExactly("a / 0", "a + 1");
        assertThat(sources("{\"hist_access_type\": \"range\", \"session\": 0, \"start\": 2, \"stop\": -1}"))
                .containsExactly("a + 1", "a / 0");
        assertThat(sources("{\"hist_access_type\": \"range\", \"session\": -5, \"start\": 0, \"stop\": 9}"))
                .isEmpty();
    }

    @Test
    void aSearchTakesGlobsAndMayNameEachTextOnce() {
        assertThat(sources("{\"hist_access_type\": \"search\", \"pattern\": \"a + ?\", \"n\": 9}"))
                .containsExactly("a + 1", "a + 1");
        assertThat(sources("{\"hist_access_type\": \"search\", \"pattern\": \"*a*\", \"n\": 9, \"unique\": true}"))
                .containsExactly("int a = 1;", "a / 0", "a + 1");
        assertThat(sources("{\"hist_access_type\": \"search\", \"pattern\": \"a*\", \"n\": 1}"))
                .containsExactly("a + 1");
    }

    @Test
    void anEntryIsSessionNumberAndSourceWithItsOutputWhereThatIsAskedFor() {
        JsonArray entry =
                history("{\"hist_access_type\": \"tail\", \"n\": 1}").get(0).getAsJsonArray();
        assertThat(entry.get(0).getAsInt()).isPositive();
        assertThat(entry.get(1).getAsInt()).isEqualTo(4);
        assertThat(history("{\"hist_access_type\": \"tail\", \"n\": 2, \"output\": true}")
                        .toString())
                .endsWith(",3,[\"a / 0\",\"\"]],[" + entry.get(0) + ",4,[\"a + 1\",\"2\"]]]");
    }
}
