package org.rewardlab.workbench.render;

import java.util.LinkedHashMap;
import java.util.Map;

/** One value in several forms, by MIME type: text for text types, bytes for pictures. */
record Bundle(Map<String, Object> byType) {

    static final String HTML = "text/html";
    static final String TEXT = "text/plain";
    static final String SVG = "image/svg+xml";
    static final String PNG = "image/png";

    static Bundle of(String html, String text) {
        Map<String, Object> forms = new LinkedHashMap<>();
        forms.put(HTML, html);
        forms.put(TEXT, text);
        return new Bundle(forms);
    }

    static Bundle text(String text) {
        return new Bundle(Map.of(TEXT, text));
    }

    /** Nothing of our own: the kernel's plain text is best. */
    static Bundle none() {
        return new Bundle(Map.of());
    }

    Bundle with(String type, Object data) {
        Map<String, Object> forms = new LinkedHashMap<>(byType);
        forms.put(type, data);
        return new Bundle(forms);
    }
}
