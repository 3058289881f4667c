package org.rewardlab.workbench.widget;

import java.util.Objects;

/** A picture among the controls. */
public final class Picture extends Seen {

    Picture(byte[] png) {
        super(Module.CONTROLS, "Image", null);
        initially("format", "png");
        initially("width", "");
        initially("height", "");
        initially("value", png.clone());
    }

    /** Replaces the picture by other PNG data. */
    public void value(byte[] png) {
        set("value", Objects.requireNonNull(png, "png").clone());
    }

    @Override
    String text() {
        return get("value") instanceof byte[] png ? "[picture, " + png.length + " bytes]" : "";
    }
}
