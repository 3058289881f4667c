package org.rewardlab.kernel.assist;

import java.util.Optional;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.Evaluator;

/** Help while code is written: completion, documentation, and whether it is complete. Positions are in UTF-16 units. */
public final class Assistant {

    private final Completer completer;
    private final Inspector inspector;
    private final CompletenessCheck completeness;

    /**
     * An assistant for an evaluator's code.
     *
     * @param evaluator knows the declarations
     * @param magics knows the magics
     * @param describer a line on a value, where its kind is known
     */
    public Assistant(
            Evaluator evaluator, MagicsRegistry magics, Function<@Nullable Object, Optional<String>> describer) {
        completer = new Completer(evaluator, magics);
        inspector = new Inspector(evaluator, describer);
        completeness = new CompletenessCheck(evaluator);
    }

    /** What may stand at the cursor. */
    public Completions complete(String code, int cursor) {
        return completer.complete(code, cursor);
    }

    /** What the name at the cursor means; null where that is not known. */
    public @Nullable DisplayData inspect(String code, int cursor, boolean detailed) {
        return inspector.inspect(code, cursor, detailed);
    }

    /** Whether the code can run as it stands. */
    public Completeness completeness(String code) {
        return completeness.check(code);
    }
}
