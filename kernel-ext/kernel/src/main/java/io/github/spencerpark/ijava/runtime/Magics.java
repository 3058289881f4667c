package io.github.spencerpark.ijava.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Notebook;

/** IJava's functions that call magics, under their old name. */
public final class Magics {

    private Magics() {}

    /** Calls a line magic. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the type is what the cell assigns to
    public static <T extends @Nullable Object> T lineMagic(String name, List<String> arguments) {
        return Notebook.lineMagic(name, arguments);
    }

    /** Calls a cell magic with a body. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the type is what the cell assigns to
    public static <T extends @Nullable Object> T cellMagic(String name, List<String> arguments, String body) {
        return Notebook.cellMagic(name, arguments, body);
    }
}
