package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The quickstart executed without Python, and its page in a real browser. */
class PageIT {

    @Test
    void theExecutedQuickstartIsAPageThatABrowserShows(@TempDir Path folder) throws IOException {
        Path out = folder.resolve("out with blanks");
        Program run = Program.rewardlab(
                Map.of("REWARDLAB_SCALE", "smoke", "REWARDLAB_DATA", ""),
                "run",
                "--html",
                "--out",
                out.toString(),
                Program.HOME.resolve("notebooks/course/00-quickstart.ipynb").toString());
        assertThat(run.status()).as(run.everything()).isZero();
        assertThat(run.output()).contains("not judged");
        Path page = out.resolve("00-quickstart.html");
        assertThat(Files.readString(page)).doesNotContain("src=\"http").doesNotContain("href=\"//");
        assumeTrue(Browser.isHere(), "no Chromium with its driver");
        try (Browser browser = new Browser(folder.resolve("profile"))) {
            browser.driver().get(page.toUri().toString());
            assertThat(browser.text()).contains("Quickstart", "By hand", "not judged");
            assertThat(browser.driver().findElements(By.cssSelector("svg, img")))
                    .isNotEmpty();
            assertThat(browser.driver().findElements(By.cssSelector("svg.tex"))).isNotEmpty();
            assertThat(colours(browser.picture("quickstart-page"))).isGreaterThan(20);
        }
    }

    private static int colours(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y += 3) {
            for (int x = 0; x < image.getWidth(); x += 3) {
                colours.add(image.getRGB(x, y));
            }
        }
        return colours.size();
    }
}
