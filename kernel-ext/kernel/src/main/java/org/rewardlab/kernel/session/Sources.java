package org.rewardlab.kernel.session;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.rewardlab.kernel.compat.OldNames;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.magic.MagicCall;
import org.rewardlab.kernel.magic.MagicTranslator;

/** From what the user wrote to the Java that is evaluated. */
final class Sources {

    /** Line magics whose argument is code or a command, which must stay as it is. */
    static final Set<String> WHOLE_LINE = Set.of("time", "timeit", "bench", "env", "cd");

    private final MagicTranslator translator;

    Sources(MagicsRegistry magics, Predicate<String> isJavaName) {
        translator = new MagicTranslator(name -> magics.getLineMagicNames().contains(name), isJavaName, WHOLE_LINE);
    }

    Optional<MagicCall> cellMagic(String text) {
        return translator.cellMagic(text);
    }

    CellSource translated(CellSource source) {
        return source.as(OldNames.renewed(translator.translate(source.text())));
    }
}
