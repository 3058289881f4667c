package org.rewardlab.kernel.magics;

import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.assist.ShortText;
import org.rewardlab.kernel.eval.RoughSize;
import org.rewardlab.kernel.eval.Variable;
import org.rewardlab.kernel.session.Session;

/** {@code %who}, {@code %reset}, {@code %imports} and {@code %lsmagic}: what the notebook holds. */
final class StateMagics {

    private StateMagics() {}

    static void register(Session session) {
        LineMagic<Object, Session> who = (kernel, arguments) -> who(Words.none("who", arguments, kernel));
        LineMagic<Object, Session> reset = (kernel, arguments) -> reset(kernel);
        LineMagic<Object, Session> imports = (kernel, arguments) -> imports(Words.none("imports", arguments, kernel));
        LineMagic<Object, Session> magics = (kernel, arguments) -> magics(Words.none("lsmagic", arguments, kernel));
        session.getMagicsRegistry()
                .registerLineMagic("who", who)
                .registerLineMagic("whos", who)
                .registerLineMagic("reset", reset)
                .registerLineMagic("imports", imports)
                .registerLineMagic("lsmagic", magics)
                .registerLineMagic("magics", magics);
    }

    private static @Nullable Object who(Session session) {
        List<List<String>> rows = new ArrayList<>();
        for (Variable each : session.evaluator().variables()) {
            String value = session.services().describe(each.value()).orElseGet(() -> ShortText.of(each.value()));
            String size =
                    Words.size(session.services().bytes(each.value()).orElseGet(() -> RoughSize.of(each.value())));
            rows.add(List.of(each.name(), each.type(), value, size));
        }
        if (rows.isEmpty()) {
            System.out.println("no variables");
        } else {
            Words.table(List.of("name", "type", "value", "size"), rows);
        }
        return null;
    }

    private static @Nullable Object reset(Session session) {
        session.evaluator().reset();
        return null;
    }

    private static @Nullable Object imports(Session session) {
        session.evaluator().imports().forEach(System.out::println);
        return null;
    }

    private static @Nullable Object magics(Session session) {
        System.out.println("line: %"
                + String.join(
                        "  %",
                        new java.util.TreeSet<>(session.getMagicsRegistry().getLineMagicNames())));
        System.out.println("cell: %%"
                + String.join(
                        "  %%",
                        new java.util.TreeSet<>(session.getMagicsRegistry().getCellMagicNames())));
        return null;
    }
}
