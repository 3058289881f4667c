package org.rewardlab.lab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.rewardlab.lab.experiment.Figures.figure;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.lab.plot.CreditView;
import org.rewardlab.lab.plot.Plots;

@ExtendWith(SettingsFixture.class)
class FiguresTest {
    @TempDir
    Path home;

    @Test
    void figuresGoWhereTheirScaleBelongs() {
        System.setProperty("rewardlab.home", home.toString());
        System.setProperty("rewardlab.scale", "smoke");
        figure("00-quickstart", Plots.plot(1, 2, 3), Plots.plot(3, 2, 1));
        assertThat(home.resolve("target/figures/00-quickstart.svg")).isNotEmptyFile();
        assertThat(home.resolve("figures")).doesNotExist();
        System.setProperty("rewardlab.scale", "laptop");
        figure("00-quickstart", Plots.figure(Plots.plot(1, 2, 3)).title("t").caption("c"));
        figure("00-credit", CreditView.tokens(List.of("a", "b")).and("process", 1, -1));
        for (String name : List.of("00-quickstart", "00-credit")) {
            for (String suffix : List.of(".svg", ".png", ".csv")) {
                assertThat(home.resolve("figures").resolve(name + suffix)).isNotEmptyFile();
            }
        }
    }
}
