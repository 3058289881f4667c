package org.rewardlab.kernel.page;

import java.util.Locale;
import org.scilab.forge.jlatexmath.Box;
import org.scilab.forge.jlatexmath.TeXConstants;
import org.scilab.forge.jlatexmath.TeXFormula;

/** Sets LaTeX formulas as pictures made of outlines, in the colour and size of the text around them. */
final class Formulas {
    /** Lengths given in points are right at this size; everything else scales with the text around. */
    private static final float POINTS = 10;

    private final GlyphTable glyphs = new GlyphTable();

    /** The formula as SVG, or its source marked as unreadable when it cannot be set. */
    String render(String tex, boolean display) {
        try {
            BareFonts.prepare();
            String svg = svg(TexDialect.toLibrary(tex), tex, display);
            return display ? "<span class=\"formula\">" + svg + "</span>" : svg;
        } catch (RuntimeException | LinkageError | InternalError e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return "<code class=\"unset\" title=\"" + Html.escape(why) + "\">" + Html.escape(tex) + "</code>";
        }
    }

    /** The outlines that the formulas refer to; stands once in the page. */
    String definitions() {
        return glyphs.definitions();
    }

    private String svg(String tex, String source, boolean display) {
        int style = display ? TeXConstants.STYLE_DISPLAY : TeXConstants.STYLE_TEXT;
        Box box = new TeXFormula(tex).createTeXIcon(style, POINTS).getBox();
        StringBuilder body = new StringBuilder();
        box.draw(new GlyphCanvas(glyphs, body, GlyphTable.UNITS_PER_EM), 0, box.getHeight());
        double height = box.getHeight() + Math.max(0, box.getDepth());
        return String.format(
                Locale.ROOT,
                "<svg class=\"tex\" role=\"img\" aria-label=\"%s\" style=\"width:%.3fem;height:%.3fem;vertical-align:%.3fem\""
                        + " viewBox=\"0 0 %d %d\">%s</svg>",
                Html.escape(source.strip()),
                box.getWidth(),
                height,
                -Math.max(0, box.getDepth()),
                Math.round(box.getWidth() * GlyphTable.UNITS_PER_EM),
                Math.round(height * GlyphTable.UNITS_PER_EM),
                body);
    }
}
