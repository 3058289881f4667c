package org.rewardlab.lab.display;

import java.util.Map;

/** Something that knows how it is shown: one entry for each MIME type it can give, best first. */
public interface Displayable {
    /**
     * What to show, by MIME type: text ({@code String}) for text types, SVG and JSON, bytes ({@code byte[]}) for pictures.
     * {@code text/plain} is always among them.
     */
    Map<String, Object> mimeBundle();
}
