package org.rewardlab.lab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchIndexTest {

    private final SearchIndex index = SearchIndex.of(documents());

    private static Map<String, String> documents() {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("paris", "Paris capital France Seine");
        documents.put("lyon", "Lyon city France");
        documents.put("rome", "Rome capital Italy capital");
        documents.put("empty", "");
        return documents;
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    void scoresAreThoseOfTheFormula() {
        List<SearchIndex.Hit> hits = index.search("capital", 10);
        assertThat(hits).extracting(SearchIndex.Hit::id).containsExactly("rome", "paris");
        // Robertson and Zaragoza 2009 without the constant factor k1 + 1: three documents have words, two the word;
        // lengths 4, 3, 4
        double idf = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5));
        double norm = 1.2 * (1 - 0.75 + 0.75 * 4 / (11 / 3.0));
        assertThat(hits.get(0).score()).isCloseTo(idf * 2 / (2 + norm), within(1e-5));
        assertThat(hits.get(1).score()).isCloseTo(idf * 1 / (1 + norm), within(1e-5));
    }

    @Test
    void queriesAreWordsWithoutSyntax() {
        assertThat(index.search("FRANCE: (seine OR", 1))
                .extracting(SearchIndex.Hit::id)
                .containsExactly("paris");
        for (String odd : List.of("", " ", "the", "*:*", "text:[* TO *]", "\\", "\"", "AND OR NOT", "~~~", "\u0000")) {
            assertThat(index.search(odd, 5)).as(odd).isEmpty();
        }
        assertThat(index.search("capitals of Italy", 1).get(0).text()).startsWith("Rome");
        assertThat(index.search("france ".repeat(5000), 9)).hasSize(2);
    }

    @Test
    void sizesAndBoundsAreChecked() {
        assertThat(index.size()).isEqualTo(4);
        assertThatThrownBy(() -> index.search("x", 0)).hasMessageStartingWith("most: expected");
        assertThatThrownBy(() -> SearchIndex.of(Map.of())).hasMessageStartingWith("documents: expected");
    }
}
