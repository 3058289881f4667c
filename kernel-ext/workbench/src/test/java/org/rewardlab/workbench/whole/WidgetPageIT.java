package org.rewardlab.workbench.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A reader at a page with the widgets' own front end: drags a slider and sees the figure change. */
@Tag("full")
class WidgetPageIT {

    /** The figure on the page: JupyterLab's renderer shows SVG as the address of a picture. */
    private static final String FIGURE = "return Array.from(document.querySelectorAll('.jp-RenderedSVG img'))"
            + ".map(picture => picture.complete && picture.naturalWidth > 100 ? picture.src : '').join('')";

    @Test
    void controlsAreMovedAndWhatTheyDriveIsSeen(@TempDir Path folder) throws IOException {
        String jupyter = System.getenv("REWARDLAB_TEST_JUPYTER");
        assumeTrue(jupyter != null && Browser.isHere(), "no Jupyter, or no Chromium with its driver");
        assumeTrue(WidgetPage.canBeBuilt() && WidgetPage.fetch(), "no npm that fetches the widgets' front end");
        assertThat(WidgetPage.build()).isEmpty();
        Path prefix = Files.createDirectory(folder.resolve("prefix"));
        Path notebooks = Files.createDirectory(folder.resolve("notebooks"));
        Program install = Program.rewardlab(Map.of(), "kernel", "install", "--prefix", prefix.toString());
        assertThat(install.status()).as(install.everything()).isZero();
        Path log = folder.resolve("server.log");
        try (WidgetPage page = new WidgetPage();
                NotebookServer server = new NotebookServer(
                        jupyter,
                        prefix,
                        notebooks,
                        log,
                        List.of(
                                "--NotebookApp.allow_origin=" + page.address(),
                                "--NotebookApp.disable_check_xsrf=True"));
                Browser browser = new Browser(folder.resolve("profile"))) {
            String kernel = connect(browser, page, server, "");
            aDraggedSliderRedrawsItsFigure(browser);
            otherControlsTellTheKernel(browser);
            aFailureIsShownWhereTheFigureWas(browser);
            connect(browser, page, server, kernel);
            aPageLoadedAnewShowsTheSliderWhereItWasLeft(browser);
        } catch (TimeoutException e) {
            throw new AssertionError("the server said:\n" + Files.readString(log), e);
        }
    }

    private static String connect(Browser browser, WidgetPage page, NotebookServer server, String kernel) {
        browser.driver().manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        browser.driver().get(page.address() + "/page.html");
        String id = (String) browser.driver()
                .executeAsyncScript(
                        "const done = arguments[arguments.length - 1];"
                                + "connect(arguments[0], arguments[1], arguments[2]).then(done, e => done('failed: ' + e))",
                        server.at("").replaceAll("\\?.*", ""),
                        server.at("").replaceAll(".*token=", ""),
                        kernel);
        assertThat(id).doesNotStartWith("failed");
        return id;
    }

    private static void run(Browser browser, String code) {
        Object status = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[arguments.length - 1]; run(arguments[0]).then(done, e => done('failed: ' + e))",
                        code);
        assertThat(status).asString().startsWith("ok");
    }

    private static void until(Browser browser, String what, BooleanSupplier seen) {
        new WebDriverWait(browser.driver(), Duration.ofSeconds(60))
                .withMessage(() -> {
                    browser.picture("widgets-failed");
                    return what + "; the page reads:\n" + browser.text() + "\n"
                            + browser.driver().manage().logs().get("browser").getAll();
                })
                .until(d -> seen.getAsBoolean());
    }

    private static void aDraggedSliderRedrawsItsFigure(Browser browser) {
        run(browser, """
                var beta = slider("beta", 0.01, 1, 0.1);
                interact(beta, b -> {
                    System.out.println("drawn with beta " + b);
                    return plot(b, b * b, 1 - b, b * b * b);
                });
                """);
        until(browser, "the first figure", () -> !figure(browser).isEmpty());
        until(browser, "what was printed", () -> browser.text().contains("drawn with beta 0.1"));
        String before = figure(browser);
        assertThat(browser.picture("widgets-slider-before")).isNotEmpty();
        WebElement handle = browser.driver().findElement(By.cssSelector(".noUi-handle"));
        new Actions(browser.driver()).clickAndHold(handle).moveByOffset(40, 0).perform();
        until(browser, "another figure while the slider is held", () -> isOther(figure(browser), before));
        String during = figure(browser);
        assertThat(browser.picture("widgets-slider-held")).isNotEmpty();
        new Actions(browser.driver()).moveByOffset(30, 0).release().perform();
        until(browser, "a third figure", () -> isOther(figure(browser), before, during));
        until(
                browser,
                "one line printed",
                () -> browser.text().split("drawn with beta", -1).length == 2
                        && !browser.text().contains("drawn with beta 0.1\n"));
        String readout =
                browser.driver().findElement(By.cssSelector(".widget-readout")).getText();
        assertThat(Double.parseDouble(readout)).isBetween(0.2, 0.9);
        run(browser, "\"the kernel has %.2f\".formatted(beta.value())");
        until(browser, "the kernel's value", () -> browser.text().contains("the kernel has " + readout));
        assertThat(browser.picture("widgets-slider")).isNotEmpty();
    }

    private static boolean isOther(String figure, String... earlier) {
        return !figure.isEmpty() && !List.of(earlier).contains(figure);
    }

    private static String figure(Browser browser) {
        return String.valueOf(browser.driver().executeScript(FIGURE));
    }

    private static void otherControlsTellTheKernel(Browser browser) {
        run(browser, """
                var loss = dropdown("loss", "dpo", "ipo", "simpo");
                var whiten = checkbox("whiten", false);
                var said = outputArea();
                var go = button("go").onClick(said.into(() -> System.out.println(loss.value() + " " + whiten.value())));
                var pages = new LinkedHashMap<String, org.rewardlab.workbench.widget.Widget>();
                var name = textField("name", "run 1");
                pages.put("first", column(loss, whiten, row(go, label("press it"))));
                pages.put("second", column(html("<b>of the second</b>"), name));
                var both = tabs(pages);
                show(both);
                show(said);
                """);
        By select = By.cssSelector("select");
        until(
                browser,
                "the dropdown",
                () -> !browser.driver().findElements(select).isEmpty());
        assertThat(browser.text()).contains("first", "second", "press it").doesNotContain("of the second");
        new Select(browser.driver().findElement(select)).selectByVisibleText("ipo");
        browser.driver().findElement(By.cssSelector("input[type=checkbox]")).click();
        browser.driver().findElement(By.cssSelector("button.jupyter-button")).click();
        until(browser, "what the button printed", () -> browser.text().contains("ipo true"));
        run(browser, "loss.value(\"simpo\");");
        until(
                browser,
                "the kernel's choice",
                () -> new Select(browser.driver().findElement(select))
                        .getFirstSelectedOption()
                        .getText()
                        .equals("simpo"));
        assertThat(browser.picture("widgets-controls")).isNotEmpty();
        aSecondTabHasAField(browser);
    }

    private static void aSecondTabHasAField(Browser browser) {
        browser.driver().findElements(By.cssSelector(".lm-TabBar-tab")).get(1).click();
        until(browser, "the second tab", () -> browser.text().contains("of the second"));
        assertThat(browser.text()).doesNotContain("press it");
        WebElement field = browser.driver().findElement(By.cssSelector("input[type=text]"));
        assertThat(field.getDomProperty("value")).isEqualTo("run 1");
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), "größe 2", Keys.ENTER);
        run(browser, "\"the field has \" + name.value() + \" in \" + both.selected()");
        until(browser, "the field's text", () -> browser.text().contains("the field has größe 2 in second"));
        assertThat(browser.picture("widgets-tabs")).isNotEmpty();
    }

    private static void aFailureIsShownWhereTheFigureWas(Browser browser) {
        run(browser, """
                interact(dropdown("arm", "a", "b", "c"), checkbox("log", false), (arm, log) -> {
                    if (arm.equals("b")) throw new IllegalStateException("no arm b");
                    return html("<i>arm " + arm + (log ? " in logs" : "") + "</i>");
                });
                """);
        until(browser, "the first text", () -> browser.text().contains("arm a"));
        List<WebElement> lists = browser.driver().findElements(By.cssSelector("select"));
        Select arm = new Select(lists.get(lists.size() - 1));
        arm.selectByVisibleText("b");
        until(browser, "the failure", () -> browser.text().contains("no arm b"));
        assertThat(browser.picture("widgets-failure")).isNotEmpty();
        arm.selectByVisibleText("c");
        List<WebElement> boxes = browser.driver().findElements(By.cssSelector("input[type=checkbox]"));
        boxes.get(boxes.size() - 1).click();
        until(
                browser,
                "the last text",
                () -> browser.text().contains("arm c in logs")
                        && !browser.text().contains("no arm b"));
    }

    private static void aPageLoadedAnewShowsTheSliderWhereItWasLeft(Browser browser) {
        assertThat(browser.driver().findElements(By.cssSelector(".noUi-handle")))
                .isEmpty();
        browser.driver().executeScript("restore('FloatSliderModel')");
        By readout = By.cssSelector(".widget-readout");
        until(
                browser,
                "the slider",
                () -> !browser.driver().findElements(readout).isEmpty());
        assertThat(Double.parseDouble(browser.driver().findElement(readout).getText()))
                .isBetween(0.2, 0.9);
    }
}
