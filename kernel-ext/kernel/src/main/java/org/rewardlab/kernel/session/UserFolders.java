package org.rewardlab.kernel.session;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Where the user's data belongs on this platform. */
public final class UserFolders {

    private UserFolders() {}

    /** The folder of this program's data. */
    public static Path data() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (system.contains("mac")) {
            return home.resolve("Library/Application Support/RewardLab");
        }
        if (system.contains("win")) {
            return folder(System.getenv("APPDATA"), home.resolve("AppData/Roaming"))
                    .resolve("RewardLab");
        }
        return folder(System.getenv("XDG_DATA_HOME"), home.resolve(".local/share"))
                .resolve("rewardlab");
    }

    private static Path folder(@Nullable String named, Path otherwise) {
        return named == null || named.isBlank() ? otherwise : Path.of(named);
    }
}
