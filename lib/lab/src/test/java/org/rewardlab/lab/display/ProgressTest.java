package org.rewardlab.lab.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rewardlab.lab.display.TerminalDisplay.Mode;

class ProgressTest {
    private long now;

    private static final class Recorder implements Display {
        private final List<Object> contents = new ArrayList<>();

        @Override
        public Shown show(Object content) {
            contents.add(content);
            return contents::add;
        }

        private ProgressState last() {
            return (ProgressState) contents.get(contents.size() - 1);
        }
    }

    private void wait(Duration time) {
        now += time.toNanos();
    }

    @Test
    void tellsCountPercentageRateTimeLeftAndLatestMetrics() {
        Recorder display = new Recorder();
        try (Progress bar = new Progress("training", 200, display, () -> now)) {
            for (int i = 0; i < 50; i++) {
                wait(Duration.ofMillis(500));
                bar.step(Map.of("loss", 1.0 / (i + 1)));
            }
            assertThat(display.last().line(false)).isEqualTo("training 25% 50/200, 2/s, 1 min 15 s left | loss 0.02");
            assertThat(display.last().left()).isEqualTo(Duration.ofSeconds(75));
        }
        assertThat(display.last().ended()).isTrue();
        assertThat(display.last().line(true)).contains("██████░░░").contains("took 25 s");
    }

    @Test
    void updatesAtMostFiveTimesASecond() {
        Recorder display = new Recorder();
        Progress bar = new Progress("fast", 10_000, display, () -> now);
        for (int i = 0; i < 10_000; i++) {
            wait(Duration.ofMillis(1));
            bar.step();
        }
        bar.close();
        bar.close();
        assertThat(display.contents).hasSize(1 + 50 + 1);
        assertThat(display.last().done()).isEqualTo(10_000);
    }

    @Test
    void barsLeftOpenAreDrawnAsTheyStandAndHoldNoLaterOnes() {
        Recorder display = new Recorder();
        Progress left = new Progress("left", 5, display, () -> now);
        left.advance(2, Map.of());
        Progress.settle();
        assertThat(display.last().done()).isEqualTo(2);
        try (Progress next = new Progress("next", 5, display, () -> now)) {
            assertThat(display.last().depth()).isZero();
            assertThat(display.last().label()).isEqualTo("next");
            left.close();
            next.step();
        }
        assertThat(display.last().depth()).isZero();
    }

    @Test
    void innerBarsStandBelowTheirOuterOnes() {
        Recorder display = new Recorder();
        try (Progress outer = new Progress("arms", 2, display, () -> now)) {
            try (Progress inner = new Progress("updates", 0, display, () -> now)) {
                assertThat(display.last().depth()).isEqualTo(1);
                inner.advance(3, Map.of());
            }
            outer.step();
            try (Progress next = new Progress("updates", 3, display, () -> now)) {
                assertThat(display.last().depth()).isEqualTo(1);
                next.fail("loss is NaN");
                assertThat(display.last().line(false)).contains("stopped: loss is NaN");
            }
        }
        assertThat(display.last().depth()).isZero();
    }

    @Test
    void terminalRedrawsItsBarsInPlaceAndLeavesTheOutermostLast() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Display display = new TerminalDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), Mode.TERMINAL);
        try (Progress outer = new Progress("arms", 2, display, () -> now)) {
            try (Progress inner = new Progress("updates", 10, display, () -> now)) {
                wait(Duration.ofSeconds(1));
                inner.step();
            }
            display.show("a line between");
            wait(Duration.ofSeconds(1));
            outer.advance(2, Map.of());
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("\u001b[2F\u001b[J", "  updates ", "a line between");
        String lastLine = text.substring(text.lastIndexOf("\u001b[J") + 3).strip();
        assertThat(lastLine).startsWith("arms ████").contains("100% 2/2");
    }

    @Test
    void headlessRunHasAPlainLineEveryTenSecondsAndNoneForShortOnes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Display display = new TerminalDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), Mode.PLAIN);
        try (Progress shortOne = new Progress("short", 3, display, () -> now)) {
            wait(Duration.ofSeconds(3));
            shortOne.advance(3, Map.of());
        }
        assertThat(bytes.size()).isZero();
        try (Progress longOne = new Progress("long", 100, display, () -> now)) {
            for (int i = 0; i < 100; i++) {
                wait(Duration.ofMillis(250));
                longOne.step();
            }
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "long 40% 40/100, 4/s, 15 s left",
                        "long 80% 80/100, 4/s, 5.0 s left", "long 100% 100/100, 4/s, took 25 s");
    }

    @Test
    void silentDisplaySaysNothing() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Display display = new TerminalDisplay(new PrintStream(bytes, true, StandardCharsets.UTF_8), Mode.SILENT);
        try (Progress bar = new Progress("long", 100, display, () -> now)) {
            wait(Duration.ofSeconds(100));
            bar.step();
            display.show("nothing");
        }
        assertThat(bytes.size()).isZero();
    }

    @Test
    void liveContentIsDrawnOnceASecondAndAtMostHalfOfTheTime() {
        Recorder display = new Recorder();
        List<Long> drawnAt = new ArrayList<>();
        Live live = new Live(
                () -> {
                    drawnAt.add(now / 1_000_000);
                    wait(Duration.ofMillis(drawnAt.size() == 3 ? 1500 : 10));
                    return "picture";
                },
                display,
                () -> now);
        for (int i = 0; i < 600; i++) {
            live.refresh();
            wait(Duration.ofMillis(10));
        }
        assertThat(drawnAt).startsWith(0L, 1000L, 2000L, 5000L);
        live.close();
        live.refresh();
        assertThat(display.contents).hasSize(drawnAt.size());
    }

    @Test
    void installedDisplayIsUsedAndTheOneBeforeComesBack() {
        Recorder mine = new Recorder();
        Display before = Display.install(mine);
        try {
            Progress.of("x", 1).close();
            assertThat(mine.contents).isNotEmpty();
        } finally {
            assertThat(Display.install(before)).isSameAs(mine);
        }
        assertThat(Display.current()).isSameAs(before);
    }

    @Test
    void htmlIsEscapedAndCarriesTheState() {
        ProgressState state = new ProgressState("<b>", 1, 4, Duration.ofSeconds(1), Map.of("kl", 0.5), 1, false, "");
        assertThat(state.html()).contains("&lt;b&gt;", "width:25.0%", "kl 0.5", "margin-left:20px");
        assertThat(state.mimeBundle()).containsKeys("text/html", "text/plain");
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> Progress.of("x", -1)).hasMessageContaining("total: expected at least 0");
        try (Progress bar = Progress.of("x", 1)) {
            assertThatThrownBy(() -> bar.advance(-1, Map.of())).hasMessageContaining("steps: expected at least 0");
        }
    }
}
