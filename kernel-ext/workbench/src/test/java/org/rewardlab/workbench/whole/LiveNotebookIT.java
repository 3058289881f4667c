package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A person at a real notebook server: types into cells, completes with Tab, runs them, interrupts a loop. */
class LiveNotebookIT {

    private static final String EMPTY_NOTEBOOK = """
            {"cells": [{"cell_type": "code", "execution_count": null, "id": "one", "metadata": {}, "outputs": [], "source": []}],
             "metadata": {"kernelspec": {"name": "rewardlab", "display_name": "RewardLab (Java)", "language": "java"}},
             "nbformat": 4, "nbformat_minor": 5}
            """;

    /** Where a figure, its cell and the size it asks for are. */
    private static final String FIGURE = "var svg = document.querySelector('.output_svg svg');"
            + "var seen = svg && svg.getBoundingClientRect(), box = svg && svg.viewBox.baseVal;"
            + "var cell = svg && svg.closest('.output_area').getBoundingClientRect();";

    @Test
    void cellsRunCompleteAndStop(@TempDir Path folder) throws IOException {
        String jupyter = System.getenv("REWARDLAB_TEST_JUPYTER");
        assumeTrue(jupyter != null && Browser.isHere(), "no Jupyter, or no Chromium with its driver");
        Path prefix = Files.createDirectory(folder.resolve("prefix"));
        Path notebooks = Files.createDirectory(folder.resolve("notebooks"));
        Files.writeString(notebooks.resolve("live.ipynb"), EMPTY_NOTEBOOK);
        Program install = Program.rewardlab(Map.of(), "kernel", "install", "--prefix", prefix.toString());
        assertThat(install.status()).as(install.everything()).isZero();
        Path log = folder.resolve("server.log");
        try (NotebookServer server = new NotebookServer(jupyter, prefix, notebooks, log);
                Browser browser = new Browser(folder.resolve("profile"))) {
            browser.driver().get(server.at("notebooks/live.ipynb"));
            ready(browser);
            run(browser, "array(2f, 0.5f, -1f)");
            await(browser, "float32");

            write(browser, "PreferenceLoss.dpo(0.1).lossAndG");
            keys(browser, Keys.TAB);
            awaitText(browser, "lossAndGradients");
            keys(browser, Keys.chord(Keys.SHIFT, Keys.ENTER));
            ready(browser);

            run(browser, "long turns = 1; System.out.println(3 * 37 + \" turns\"); while (true) { turns++; }");
            awaitText(browser, "111 turns");
            assertThat(script(browser, "return Jupyter.notebook.kernel_busy")).isTrue();
            browser.driver().executeScript("Jupyter.notebook.kernel.interrupt()");
            ready(browser);
            run(browser, "\"still here after \" + (turns > 1)");
            await(browser, "still here after true");
            assertThat(browser.picture("live-notebook")).isNotEmpty();

            run(browser, "Plots.figure(plot(1, 2), plot(2, 1), plot(1, 3, 2)).title(\"three\")");
            ready(browser);
            for (int width : new int[] {1600, 1000, 700}) {
                browser.driver().manage().window().setSize(new Dimension(width, 1600));
                new WebDriverWait(browser.driver(), Duration.ofSeconds(20))
                        .withMessage(() -> "the figure does not fit its cell: "
                                + browser.driver().executeScript(FIGURE + "return JSON.stringify([seen, cell, box])"))
                        .until(d -> script(
                                browser,
                                FIGURE + "return !!seen && seen.width > 100 && seen.right <= cell.right"
                                        + " && seen.width <= box.width + 1 && Math.abs(seen.height / seen.width"
                                        + " - box.height / box.width) < 0.01"));
                assertThat(browser.picture("live-figure-" + width)).isNotEmpty();
            }
        } catch (TimeoutException e) {
            throw new AssertionError("the server said:\n" + Files.readString(log), e);
        }
    }

    /** Waits until the kernel is connected and has nothing to do. */
    private static void ready(Browser browser) {
        new WebDriverWait(browser.driver(), Duration.ofMinutes(2))
                .withMessage(() -> state(browser))
                .until(
                        d -> script(
                                browser,
                                "return typeof Jupyter !== 'undefined' && Jupyter.notebook && Jupyter.notebook.kernel"
                                        + " && Jupyter.notebook.kernel.is_connected() && Jupyter.notebook.kernel_busy === false"));
    }

    /** What the page knows of its kernel, for the message of a failure. */
    private static String state(Browser browser) {
        browser.picture("live-notebook-failed");
        return "kernel not ready: "
                + browser.driver()
                        .executeScript("var n = window.Jupyter && Jupyter.notebook, k = n && n.kernel;"
                                + "return JSON.stringify({page: location.href, busy: n && n.kernel_busy, kernel: !!k,"
                                + " socket: k && k.ws && k.ws.readyState, cells: n && n.ncells(),"
                                + " pending: k && Object.keys(k._msg_callbacks)})")
                + " " + browser.driver().manage().logs().get("browser").getAll();
    }

    private static boolean script(Browser browser, String source) {
        return Boolean.TRUE.equals(browser.driver().executeScript(source));
    }

    /** Types into the last cell. */
    private static void write(Browser browser, String source) {
        browser.driver()
                .executeScript(
                        "var n = Jupyter.notebook, last = n.ncells() - 1; n.select(last); n.edit_mode();"
                                + "var cm = n.get_cell(last).code_mirror; cm.setValue(arguments[0]);"
                                + "cm.setCursor(cm.lineCount(), 0); cm.execCommand('goDocEnd'); cm.focus();",
                        source);
    }

    private static void keys(Browser browser, CharSequence keys) {
        new Actions(browser.driver()).sendKeys(keys).perform();
    }

    private static void run(Browser browser, String source) {
        write(browser, source);
        browser.driver().executeScript("Jupyter.notebook.execute_cell_and_insert_below()");
    }

    private static void await(Browser browser, String output) {
        new WebDriverWait(browser.driver(), Duration.ofSeconds(60))
                .until(d -> browser.text().contains(output));
        ready(browser);
    }

    private static void awaitText(Browser browser, String text) {
        new WebDriverWait(browser.driver(), Duration.ofSeconds(60))
                .until(d -> browser.driver()
                        .executeScript(
                                "return document.body.innerText + Jupyter.notebook.get_selected_cell().get_text()")
                        .toString()
                        .contains(text));
    }
}
