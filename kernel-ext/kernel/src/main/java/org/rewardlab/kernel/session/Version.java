package org.rewardlab.kernel.session;

/** The versions that the kernel tells of itself. */
final class Version {

    private Version() {}

    /** The version in the jar's manifest; outside of a jar there is none. */
    static String kernel() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
