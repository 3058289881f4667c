package org.rewardlab.lab.experiment;

/** How an arm is called in legends, tables and claims: as it prints itself. */
final class Label {
    private Label() {}

    /**
     * The text of an arm; a lambda, which has none, is refused.
     *
     * @param arm a string, a record, anything with a {@code toString} of its own
     */
    static String of(Object arm) {
        String text = String.valueOf(arm);
        if (isAnonymous(arm, text)) {
            throw new IllegalArgumentException("arm: expected something that prints a name, got a lambda or an object"
                    + " without toString (" + text + "); give it one with arms(Map.of(\"name\", arm))");
        }
        return text;
    }

    private static boolean isAnonymous(Object arm, String text) {
        return text.equals(arm.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(arm)));
    }
}
