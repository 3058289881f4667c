package org.rewardlab.kernel.assist;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.magic.MagicTranslator;

/** Help while code is written: completion, documentation, and whether it is complete. Positions are in UTF-16 units. */
public final class Assistant {

    /** Line magics whose argument is Java. */
    private static final Set<String> TAKE_CODE = Set.of("time", "timeit", "bench");

    private final Evaluator evaluator;
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
        this.evaluator = evaluator;
        MagicTranslator translator =
                new MagicTranslator(name -> magics.getLineMagicNames().contains(name), evaluator::hasName, TAKE_CODE);
        completer = new Completer(evaluator, magics, translator);
        inspector = new Inspector(evaluator, translator, describer);
        completeness = new CompletenessCheck(evaluator, translator);
    }

    /** Begins the index of the class path in the background, unless that was done: completions of class names need it. */
    public void prepare() {
        boolean unused = evaluator.analyze(analysis -> true);
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
