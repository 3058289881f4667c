package org.rewardlab.workbench.render;

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
            String type = each.getClass().getName().replaceAll("REPL\\.\\$JShell\\$\\w+\\$", "");
            String message = each.getMessage();
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

    private static String frames(Throwable thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        if (frames.length == 0) {
            return "";
        }
        StringBuilder html = new StringBuilder("<details><summary style=\"" + Look.MUTED + "\">at ")
                .append(Look.escape(frames[0].toString()))
                .append("</summary><div style=\"font-family:" + Look.MONO + ";font-size:12px\">");
        for (int i = 1; i < Math.min(frames.length, FRAMES); i++) {
            html.append(Look.escape(frames[i].toString())).append("<br>");
        }
        if (frames.length > FRAMES) {
            html.append("… ").append(frames.length - FRAMES).append(" more");
        }
        return html.append("</div></details>").toString();
    }
}
