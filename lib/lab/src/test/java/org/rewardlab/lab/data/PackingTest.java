package org.rewardlab.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackingTest {

    private static List<Integer> lengths(int rows, int most, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, rows)
                .map(i -> 1 + random.nextInt(most))
                .boxed()
                .toList();
    }

    @Test
    void binsHoldEveryRowOnceAndAreNearlyFull() {
        for (long seed = 0; seed < 20; seed++) {
            List<Integer> lengths = lengths(200, 60, seed);
            List<List<Integer>> bins = Packing.bins(lengths, 100);
            assertThat(bins.stream().flatMap(List::stream).sorted())
                    .containsExactlyElementsOf(IntStream.range(0, 200).boxed().toList());
            assertThat(bins).allMatch(bin -> bin.stream().mapToInt(lengths::get).sum() <= 100);
            int least = (lengths.stream().mapToInt(Integer::intValue).sum() + 99) / 100;
            assertThat(bins.size()).isBetween(least, (int) Math.ceil(11.0 / 9 * least) + 1);
        }
        assertThat(Packing.bins(List.of(60, 40, 50, 50), 100)).containsExactly(List.of(0, 1), List.of(2, 3));
    }

    @Test
    void bucketsKeepSimilarLengthsTogetherWithinTheBound() {
        List<Integer> lengths = lengths(500, 200, 1);
        List<List<Integer>> batches = Packing.buckets(lengths, 1000, 7);
        assertThat(batches.stream().flatMap(List::stream).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        assertThat(batches)
                .allMatch(batch -> batch.size()
                                * batch.stream().mapToInt(lengths::get).max().orElseThrow()
                        <= 1000);
        assertThat(Packing.padding(lengths, batches)).isLessThan(0.05);
        assertThat(Packing.buckets(lengths, 1000, 7)).isEqualTo(batches);
        assertThat(Packing.buckets(lengths, 1000, 8)).isNotEqualTo(batches);
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> Packing.bins(List.of(3, 101), 100))
                .hasMessage("lengths: expected from 1 to 100, got 101 at 1");
        assertThatThrownBy(() -> Packing.buckets(List.of(0), 100, 1))
                .hasMessage("lengths: expected from 1 to 100, got 0 at 0");
        assertThat(Packing.bins(List.of(), 100)).isEmpty();
    }
}
