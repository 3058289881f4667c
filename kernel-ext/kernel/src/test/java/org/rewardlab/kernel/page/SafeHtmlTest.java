package org.rewardlab.kernel.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeHtmlTest {
    @Test
    void scriptsAndHandlersAreDropped() {
        assertThat(SafeHtml.html(
                        "<p onclick=\"evil()\" class=a>x</p><script>if (1 < 2) {}</script><SCRIPT src=x></SCRIPT>"
                                + "<link rel=stylesheet href=http://x><a href=\"javascript:evil()\">y</a><script>open",
                        "o1-"))
                .isEqualTo("<p class=a>x</p><a href=\"evil()\">y</a>");
    }

    @Test
    void textThatLooksLikeAHandlerStays() {
        assertThat(SafeHtml.html("<p>once on = 1</p>", "o1-")).isEqualTo("<p>once on = 1</p>");
    }

    @Test
    void theIdsOfTwoPicturesDoNotMeet() {
        String svg =
                "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"a\" \"b\"><!-- c --><svg xmlns=\"http://www.w3.org/2000/svg\""
                        + " width=\"10mm\" height=\"20\" viewBox=\"0 0 10 20\"><defs><clipPath id=\"c1\"/></defs>"
                        + "<style>#c1{fill:#abc}</style><g clip-path=\"url(#c1)\"/><use xlink:href='#c1'/><use href=\"#c1\"/></svg>";

        String first = SafeHtml.svg(svg, "o1-");

        assertThat(first)
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 20\" width=\"38\">")
                .contains("id=\"o1-c1\"")
                .contains("url(#o1-c1)")
                .contains("<style>#o1-c1{fill:#abc}</style>")
                .contains("xlink:href='#o1-c1'")
                .contains(" href=\"#o1-c1\"")
                .doesNotContain("DOCTYPE");
        assertThat(SafeHtml.svg(svg, "o2-")).contains("url(#o2-c1)");
    }

    @Test
    void linksToOtherPlacesOfThePageStay() {
        assertThat(SafeHtml.html("<a href=\"#section\">x</a><svg><g id='a'/><use href='#a'/></svg>", "o1-"))
                .isEqualTo("<a href=\"#section\">x</a><svg><g id='o1-a'/><use href='#o1-a'/></svg>");
    }

    @Test
    void aPictureWithoutAViewBoxGetsOneSoThatItCanShrink() {
        assertThat(SafeHtml.svg("<svg width='700.0px' height='400'></svg>", "o-"))
                .isEqualTo("<svg viewBox=\"0 0 700.0 400.0\" width=\"700\"></svg>");
    }

    @Test
    void whatIsNoPictureIsShownAsText() {
        assertThat(SafeHtml.svg("<b>no</b>", "o-")).isEqualTo("&lt;b&gt;no&lt;/b&gt;");
    }
}
