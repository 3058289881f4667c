package org.rewardlab.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class FigureTest {
    private static final int MOST_BYTES = 150_000;

    @TempDir
    Path folder;

    @Test
    void everyKindIsSmallWellFormedAndTheSameEachTime() throws Exception {
        Map<String, Figure> again = Gallery.all();
        for (Map.Entry<String, Figure> entry : Gallery.all().entrySet()) {
            String svg = entry.getValue().svg();
            assertThat(svg.length()).as(entry.getKey()).isLessThan(MOST_BYTES);
            Document document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            assertThat(document.getElementsByTagName("use").getLength()).isGreaterThan(20);
            assertThat(svg).doesNotContain("NaN", "Infinity");
            Figure twin = Objects.requireNonNull(again.get(entry.getKey()));
            assertThat(twin.svg()).as(entry.getKey()).isEqualTo(svg);
            assertThat(twin.csv()).as(entry.getKey()).isEqualTo(entry.getValue().csv());
        }
    }

    /** When the look is changed on purpose, look at the gallery and put the new hash here. */
    @Test
    void vectorPictureIsTheSameOnEveryJavaAndMachine() throws Exception {
        Figure figure = Plots.figure(Gallery.lines(), Gallery.reliability(), Gallery.heat(), Gallery.logs());
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(figure.svg().getBytes(StandardCharsets.UTF_8));
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("4da74f09e184893555aa566d34435623471b7037a180c712da8ecf4d338a543a");
    }

    @Test
    void pictureIsTwiceItsSizeOnScreenAndRepeatsToTheByte() throws IOException {
        Figure figure = Plots.figure(Gallery.lines());
        byte[] png = figure.png();
        assertThat(figure.png()).isEqualTo(png);
        var image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(2 * House.WIDTH);
        assertThat(image.getHeight()).isGreaterThanOrEqualTo(2 * House.HEIGHT);
    }

    @Test
    void savedFiguresAreThreeFilesAndNothingElse() throws IOException {
        Plots.figure(Gallery.lines()).save(folder.resolve("new"), "32-par");
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .containsExactly("32-par.csv", "32-par.png", "32-par.svg");
        }
        assertThatThrownBy(() -> Plots.figure(Gallery.lines()).save(folder, "../x"))
                .hasMessageContaining("name: expected letters");
    }

    @Test
    void linesOfAMapWithoutOrderAreInThatOfTheirNames() {
        double[] x = {0, 1};
        Map<String, double[]> lines = new HashMap<>();
        for (String name : List.of("Zoe", "Ben", "Ann", "Quentin", "Eve", "Dan")) {
            lines.put(name, x);
        }
        List<String> ordered = List.of("Ann", "Ben", "Dan", "Eve", "Quentin", "Zoe");
        assertThat(Plots.lines(x, lines).marks()).flatExtracting(Mark::labels).containsExactlyElementsOf(ordered);
        assertThat(Plots.lines(x, Map.copyOf(lines)).marks())
                .flatExtracting(Mark::labels)
                .containsExactlyElementsOf(ordered);
        assertThat(Plots.boxes(Map.copyOf(lines)).marks())
                .flatExtracting(Mark::labels)
                .containsExactlyElementsOf(ordered);
    }

    @Test
    void numbersStandInTheTableAsTheyWereGiven() {
        Panel panel = Plots.line("a, \"quoted\"", new double[] {1, 2}, new double[] {0.1, Double.NaN})
                .title("t");
        assertThat(Plots.figure(panel).csv())
                .isEqualTo("panel,mark,series,x,y,low,high,value\n"
                        + "t,line,\"a, \"\"quoted\"\"\",1,0.1,,,\n"
                        + "t,line,\"a, \"\"quoted\"\"\",2,NaN,,,\n");
    }

    @Test
    void valuesThatCannotBeDrawnAreCountedInTheCaption() {
        Panel gaps = Plots.plot(1, Double.NaN, 3, Double.POSITIVE_INFINITY);
        assertThat(gaps.notes()).containsExactly("2 values not drawn: not finite");
        Panel log = Plots.plot(1, -1, 0, 100).logY();
        assertThat(log.notes()).containsExactly("2 values not drawn: not finite, or not above 0 on a logarithmic axis");
        assertThat(Plots.figure(log).svg()).isNotEmpty();
        Panel nothing = Plots.plot(Double.NaN, Double.NaN);
        assertThat(Plots.figure(nothing).svg()).isNotEmpty();
    }

    @Test
    void meanAndBandAreThoseOfTheSeeds() {
        double[][] bySeed = {{1, 2}, {3, 2}, {2, Double.NaN}};
        Panel panel = Plots.overSeeds("a", new double[] {0, 1}, bySeed);
        String csv = Plots.figure(panel).csv();
        assertThat(csv).contains("line,a,0,2,", "line,a,1,NaN,", "band,a,1,,NaN,NaN,");
        assertThat(panel.notes()).contains("Mean and 95 % bootstrap interval over 3 seeds");
        assertThat(panel.notes().get(1)).contains("1 value not drawn");
    }

    @Test
    void smoothingIsAnAverageWithTheCorrectionForItsStart() {
        double[] smooth = Smoothing.average(new double[] {1, 2, Double.NaN, 4}, 0.5);
        assertThat(smooth[0]).isEqualTo(1);
        // weights 0.25 and 0.5 over 0.75
        assertThat(smooth[1]).isCloseTo((0.25 + 1.0) / 0.75, within(1e-12));
        assertThat(smooth[2]).isNaN();
        assertThat(smooth[3]).isCloseTo((0.125 + 0.5 + 2) / 0.875, within(1e-12));
        assertThatThrownBy(() -> Plots.smoothed("a", new double[1], new double[1], 1))
                .hasMessageContaining("factor: expected a number in [0, 1)");
    }

    @Test
    void reliabilityByHand() {
        double[] confidence = {0.05, 0.95, 0.95, 1.0, 0.55};
        boolean[] correct = {false, true, true, false, true};
        Reliability reliability = Reliability.of(confidence, correct, 10);
        assertThat(reliability.bins().get(9).count()).isEqualTo(3);
        // (0.05*1 + |2/3 - 29/30|*3 + 0.45*1) / 5
        assertThat(reliability.expectedCalibrationError()).isCloseTo((0.05 + 0.9 + 0.45) / 5, within(1e-12));
        assertThatThrownBy(() -> Reliability.of(new double[] {1.2}, new boolean[1], 10))
                .hasMessageContaining("got 1.2 at position 0");
        assertThatThrownBy(() -> Reliability.of(new double[0], new boolean[0], 10))
                .hasMessageContaining("at least one");
    }

    @Test
    void histogramSharesSumToOneForEachSample() {
        Map<String, double[]> samples = new LinkedHashMap<>();
        samples.put("few", new double[] {1, 2, 2, 3});
        samples.put("more", new double[] {2, 2.5, Double.NaN, 9, 4, 4, 4});
        Panel panel = Plots.histogram(samples);
        for (Mark mark : panel.marks()) {
            Bins bins = (Bins) mark;
            assertThat(bins.shares().stream().mapToDouble(d -> d).sum()).isCloseTo(1, within(1e-9));
        }
        assertThat(panel.notes()).containsExactly("1 value not drawn: not finite");
        assertThat(Plots.figure(Plots.histogram("same", 2, 2, 2)).svg()).isNotEmpty();
    }

    @Test
    void frontIsWhatNothingElseBeatsInBoth() {
        Panel panel = Plots.pareto(
                List.of("a", "b", "c", "d"),
                new double[] {1, 2, 3, 3},
                new double[] {1, 3, 2, 3},
                Better.LOWER,
                Better.HIGHER);
        assertThat(Plots.figure(panel).csv()).contains("front,a,", "front,b,", "point,c,", "point,d,");
    }

    @Test
    void barsThatDoNotStartAtZeroSayso() {
        assertThat(Gallery.groupedBars().notes()).contains("The vertical axis does not start at 0");
        assertThat(Gallery.means().notes()).containsExactly("Mean and 95 % bootstrap interval over 5 seeds");
    }

    @Test
    void shapesThatDoNotFitAreRefusedByName() {
        assertThatThrownBy(() -> Plots.line("a", new double[2], new double[3]))
                .hasMessage("y: expected 2 values, one for each of x, got 3");
        assertThatThrownBy(() -> Plots.heatmap(List.of("r"), List.of("c"), new double[][] {{1, 2}}))
                .hasMessageContaining("expected 1 columns");
        assertThatThrownBy(() -> Plots.heatmap(new double[200][200])).hasMessageContaining("at most 10000 cells");
        assertThatThrownBy(() -> Plots.bars(List.of("g"), Map.of("m", List.of())))
                .hasMessageContaining("one for each group, got 0 for m");
        assertThatThrownBy(Plots::figure).hasMessageContaining("panels: expected at least one");
    }
}
