package org.rewardlab.workbench.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An SVG picture that keeps its size where the page has room for it and shrinks where not. */
final class FittedSvg {

    private static final Pattern ROOT = Pattern.compile("<svg\\b[^>]*>");
    private static final Pattern SIZE = Pattern.compile("\\s(width|height)\\s*=\\s*[\"']([0-9.]+)(?:px)?[\"']");

    private FittedSvg() {}

    /** The document with a style on its root; as it is where the root has one, or has no size that could shrink. */
    static String of(String document) {
        Matcher root = ROOT.matcher(document);
        if (!root.find() || root.group().contains(" style=")) {
            return document;
        }
        String tag = root.group();
        String box = "";
        if (!tag.contains("viewBox")) {
            String width = size(tag, "width");
            String height = size(tag, "height");
            if (width.isEmpty() || height.isEmpty()) {
                return document;
            }
            box = " viewBox=\"0 0 " + width + " " + height + "\"";
        }
        int end = root.start() + "<svg".length();
        return document.substring(0, end) + " style=\"max-width:100%;height:auto\"" + box + document.substring(end);
    }

    private static String size(String tag, String name) {
        Matcher size = SIZE.matcher(tag);
        while (size.find()) {
            if (size.group(1).equals(name)) {
                return size.group(2);
            }
        }
        return "";
    }
}
