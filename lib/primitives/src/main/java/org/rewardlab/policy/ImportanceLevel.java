package org.rewardlab.policy;

/** To what an importance ratio belongs. */
public enum ImportanceLevel {
    /** Each token has its own. */
    TOKEN("token"),
    /** All tokens of a sequence share one. */
    SEQUENCE("sequence");

    private final String label;

    ImportanceLevel(String label) {
        this.label = label;
    }

    /** The level of that name. */
    public static ImportanceLevel of(String name) {
        return Labels.find("importanceLevel", name, values());
    }

    @Override
    public String toString() {
        return label;
    }
}
