package org.rewardlab.workbench.render;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An exception as a value: its type, its message, where it came from, its causes. */
final class ThrowableView {

    private static final int FRAMES = 12;
    private static final int CAUSES = 6;

    private ThrowableView() {}

    static Bundle of(Throwable thrown) {
        StringBuilder html = new StringBuilder();
        StringBuilder text = new StringBuilder();
        Throwable each = thrown;
        for (int i = 0; each != null && i < CAUSES; i++) {
            String type = CellNames.of(each.getClass());
            String message = message(each);
            html.append("<div style=\"border-left:4px solid #d64545;padding:4px 12px;margin:4px 0 4px ")
                    .append(16 * i)
                    .append("px\"><div><b style=\"color:#d64545\">")
                    .append(i == 0 ? "" : "caused by ")
                    .append(Look.escape(type))
                    .append("</b> ")
                    .append(message == null ? "" : Look.cut(message, 500))
                    .append("</div>")
                    .append(frames(each))
                    .append("</div>");
            text.append(i == 0 ? "" : "\ncaused by ").append(type).append(message == null ? "" : ": " + message);
            each = cause(each);
        }
        return Bundle.of(html.toString(), text.toString());
    }

    private static @Nullable Throwable cause(Throwable thrown) {
        return thrown.getCause() == thrown ? null : thrown.getCause();
    }

    /** The message; a failing getMessage must not lose the view. */
    private static @Nullable String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? null : CellNames.plain(message);
        } catch (RuntimeException e) {
            return "(its message cannot be had: " + CellNames.of(e.getClass()) + ")";
        }
    }

    private static String frames(Throwable thrown) {
        List<String> frames = Arrays.stream(thrown.getStackTrace())
                .map(CellNames::frame)
                .filter(Objects::nonNull)
                .toList();
        if (frames.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<details><summary style=\"" + Look.MUTED + "\">at ")
                .append(Look.escape(frames.get(0)))
                .append("</summary><div style=\"font-family:" + Look.MONO + ";font-size:12px\">");
        for (String frame : frames.subList(1, Math.min(frames.size(), FRAMES))) {
            html.append(Look.escape(frame)).append("<br>");
        }
        if (frames.size() > FRAMES) {
            html.append("… ").append(frames.size() - FRAMES).append(" more");
        }
        return html.append("</div></details>").toString();
    }
}
