package org.rewardlab.lab.experiment;

import org.jspecify.annotations.Nullable;

/** One setting of the whole lab: an environment variable, or the system property that stands before it. */
record Setting(String variable, String property) {
    static final Setting SCALE = new Setting("REWARDLAB_SCALE", "rewardlab.scale");
    static final Setting SEED = new Setting("REWARDLAB_SEED", "rewardlab.seed");
    static final Setting HOME = new Setting("REWARDLAB_HOME", "rewardlab.home");
    static final Setting FIGURES = new Setting("REWARDLAB_FIGURES", "rewardlab.figures");

    /** The text set, trimmed; null where none is set or it is blank. */
    @Nullable
    String text() {
        String property = System.getProperty(this.property);
        String text = property != null ? property : System.getenv(variable);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** How a message names it: by what the user set. */
    String name() {
        return System.getProperty(property) != null ? property : variable;
    }
}
