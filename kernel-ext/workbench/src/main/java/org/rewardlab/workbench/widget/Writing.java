package org.rewardlab.workbench.widget;

import java.util.Objects;

/** Text or HTML among the controls, to read and not to change. */
public final class Writing extends Seen {

    private final boolean html;

    private Writing(String name, boolean html, String value) {
        super(Module.CONTROLS, name, Part.described("DescriptionStyleModel"));
        this.html = html;
        initially("description", "");
        initially("placeholder", "");
        initially("value", Objects.requireNonNull(value, "value"));
    }

    static Writing label(String value) {
        return new Writing("Label", false, value);
    }

    static Writing html(String value) {
        return new Writing("HTML", true, value);
    }

    /** What stands there. */
    public String value() {
        return String.valueOf(get("value"));
    }

    /** Replaces what stands there. */
    public void value(String value) {
        set("value", Objects.requireNonNull(value, "value"));
    }

    @Override
    String text() {
        return html ? value().replaceAll("<[^>]*>", " ").replaceAll("\\s+", " ").strip() : value();
    }
}
