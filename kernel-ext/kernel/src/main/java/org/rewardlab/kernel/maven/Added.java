package org.rewardlab.kernel.maven;

import java.nio.file.Path;
import java.util.List;

/**
 * What a resolution brought.
 *
 * @param files the jars to add
 * @param names the same as {@code artifact-version}
 * @param notes what the user should know, such as a version that was left out
 */
public record Added(List<Path> files, List<String> names, List<String> notes) {

    public Added {
        files = List.copyOf(files);
        names = List.copyOf(names);
        notes = List.copyOf(notes);
    }
}
