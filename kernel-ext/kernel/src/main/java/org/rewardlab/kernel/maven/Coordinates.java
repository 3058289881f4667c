package org.rewardlab.kernel.maven;

import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** Coordinates in the order of IJava: {@code group:artifact:[packaging:[classifier:]]version}. */
public final class Coordinates {

    private Coordinates() {}

    static Artifact parse(String text) {
        String[] parts = text.strip().split(":", -1);
        return switch (parts.length) {
            case 3 -> new DefaultArtifact(parts[0], parts[1], "jar", parts[2]);
            case 4 -> new DefaultArtifact(parts[0], parts[1], parts[2], parts[3]);
            case 5 -> new DefaultArtifact(parts[0], parts[1], parts[3], parts[2], parts[4]);
            default ->
                throw new IllegalArgumentException(
                        "maven: expected group:artifact:[packaging:[classifier:]]version, got " + text);
        };
    }
}
