package org.rewardlab.workbench.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A path to a picture as the picture; any other path as its text. */
final class PictureView {

    private static final long LARGEST = 8L << 20;
    private static final Map<String, String> TYPES =
            Map.of("png", Bundle.PNG, "svg", Bundle.SVG, "jpg", "image/jpeg", "jpeg", "image/jpeg", "gif", "image/gif");

    private PictureView() {}

    static Bundle of(Path path) {
        Bundle text = Bundle.text(path.toString());
        String type = type(path);
        try {
            if (type == null || !Files.isRegularFile(path) || Files.size(path) > LARGEST) {
                return text;
            }
            return text.with(type, type.equals(Bundle.SVG) ? Files.readString(path) : Files.readAllBytes(path));
        } catch (IOException e) {
            return text;
        }
    }

    private static @Nullable String type(Path path) {
        String name = String.valueOf(path.getFileName());
        return TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
