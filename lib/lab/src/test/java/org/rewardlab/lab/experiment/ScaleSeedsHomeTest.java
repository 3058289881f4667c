package org.rewardlab.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SettingsFixture.class)
class ScaleSeedsHomeTest {
    @TempDir
    Path folder;

    @Test
    void scalePicksItsValue() {
        System.setProperty("rewardlab.scale", " Smoke ");
        assertThat(Scale.current()).isEqualTo(Scale.SMOKE);
        assertThat(Scale.pick(1, 2, 3)).isEqualTo(1);
        System.setProperty("rewardlab.scale", "gpu");
        assertThat(Scale.pick("a", "b", "c")).isEqualTo("c");
        System.setProperty("rewardlab.scale", "");
        assertThat(Scale.current()).isEqualTo(Scale.LAPTOP);
        assertThat(Scale.updates(1, 3, 9)).containsExactly(1, 2, 3);
    }

    @Test
    void unknownScaleIsRefusedByName() {
        System.setProperty("rewardlab.scale", "huge");
        assertThatThrownBy(Scale::current)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rewardlab.scale: expected one of smoke, laptop, gpu, got \"huge\"");
    }

    @Test
    void updatesStopWhenTheThreadIsInterrupted() {
        System.setProperty("rewardlab.scale", "laptop");
        int done = 0;
        try {
            for (int update : Scale.updates(10, 10, 10)) {
                done = update;
                if (update == 3) {
                    Thread.currentThread().interrupt();
                }
            }
        } catch (InterruptedRun e) {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(done).isEqualTo(3);
    }

    @Test
    void sameRootGivesTheSameSeedsAndAnotherRootOthers() {
        System.setProperty("rewardlab.seed", "1");
        long first = Seeds.seed(7);
        assertThat(Seeds.seed(7)).isEqualTo(first);
        System.setProperty("rewardlab.seed", "2");
        assertThat(Seeds.seed(7)).isNotEqualTo(first);
        System.setProperty("rewardlab.seed", "many");
        assertThatThrownBy(Seeds::root).hasMessage("rewardlab.seed: expected a whole number of 64 bits, got \"many\"");
    }

    @Test
    void seedsOfNeighboursAreUnrelated() {
        Set<Long> seen = new HashSet<>();
        int bits = 0;
        for (int root = 0; root < 40; root++) {
            Seeds seeds = new Seeds(root);
            for (int i = 0; i < 50; i++) {
                assertThat(seen.add(seeds.child(i).value())).isTrue();
                bits += Long.bitCount(
                        seeds.child(i).value() ^ seeds.child(i + 1).value());
            }
            assertThat(seen.add(seeds.child("arm").value())).isTrue();
        }
        assertThat(bits / 2000.0).isBetween(31.0, 33.0);
    }

    @Test
    void seedsAreTheSameOnEveryJava() {
        assertThat(new Seeds(0).child(0).value()).isEqualTo(-7960379417931448103L);
        assertThat(new Seeds(0).child("PPO").value()).isEqualTo(-5318870119800454581L);
        assertThat(new Seeds(42).generator().nextLong()).isEqualTo(-5600175640509174766L);
    }

    @Test
    void homeIsTheFolderThatIsNamed() throws IOException {
        System.setProperty("rewardlab.home", folder.toString());
        System.setProperty("rewardlab.scale", "laptop");
        assertThat(Home.datasets()).isEqualTo(folder.resolve("datasets"));
        assertThat(Home.figures()).isEqualTo(folder.resolve("figures"));
        System.setProperty("rewardlab.scale", "smoke");
        assertThat(Home.figures()).isEqualTo(folder.resolve("target").resolve("figures"));
        Path file = Files.createFile(folder.resolve("file"));
        System.setProperty("rewardlab.home", file.toString());
        assertThatThrownBy(Home::folder).hasMessage("rewardlab.home: expected a folder, got " + file);
    }

    @Test
    void homeIsTheNearestFolderThatHoldsBoth() throws IOException {
        Files.createDirectories(folder.resolve("datasets"));
        Files.createDirectories(folder.resolve("figures"));
        Path deep = Files.createDirectories(folder.resolve("notebooks").resolve("course"));
        Files.createDirectories(deep.resolve("figures"));
        assertThat(Home.above(deep)).contains(folder);
        assertThat(Home.above(folder.getRoot())).isEmpty();
    }
}
