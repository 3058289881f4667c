package org.rewardlab.lab.data;

/** The longest common beginning of two texts, which is the prompt where none is given. */
final class SharedPrefix {
    private SharedPrefix() {}

    /** Its length in chars: a blank before the first difference stays with the responses, as in TRL, and no surrogate pair is cut. */
    static int length(String a, String b) {
        int shared = 0;
        while (shared < Math.min(a.length(), b.length()) && a.charAt(shared) == b.charAt(shared)) {
            shared++;
        }
        boolean keep = shared > 0 && (a.charAt(shared - 1) == ' ' || Character.isHighSurrogate(a.charAt(shared - 1)));
        return keep ? shared - 1 : shared;
    }
}
