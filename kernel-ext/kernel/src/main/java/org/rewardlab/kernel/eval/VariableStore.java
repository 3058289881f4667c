package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The homes of notebook variables. JShell keeps a variable in a static field of the wrapper class of its declaration, and
 * compiles new wrapper classes, whose fields are empty, whenever a later import or declaration touches the variable's type.
 * Here each variable has a class of its own per type, with a static field of the variable's name, to which all wrapper classes are redirected: a variable keeps its
 * value whatever is compiled again, old lambdas and threads see its present value, and a value that is overwritten is free.
 */
final class VariableStore {

    private static final Pattern WRAPPER = Pattern.compile("REPL/\\$JShell\\$\\d+[A-Z]*");

    private final Map<Key, VariableHome> homes = new LinkedHashMap<>();
    private final Map<String, Key> current = new LinkedHashMap<>();
    private final Map<String, List<Key>> declarations = new LinkedHashMap<>();
    private final Set<String> lost = new LinkedHashSet<>();
    private @Nullable CellClassLoader loader;

    /** One variable of one type. */
    private record Key(String name, String descriptor) {}

    void loader(CellClassLoader cellLoader) {
        loader = cellLoader;
    }

    /** Whether a static field of that class is a variable of the notebook. */
    static boolean isVariable(String owner, String field) {
        return owner.startsWith("REPL/$JShell$")
                && WRAPPER.matcher(owner).matches()
                && !field.equals("$assertionsDisabled")
                && !Values.isName(field);
    }

    /** The class, by its internal name, in which the variable of that type lives. */
    synchronized String home(String name, String descriptor) {
        return homes.computeIfAbsent(new Key(name, descriptor), this::define).internalName();
    }

    /** A wrapper class declares a variable: a first declaration, a new one, or the old one compiled again. */
    synchronized void declared(String wrapper, String name, String descriptor) {
        declarations
                .computeIfAbsent(wrapper.replace('/', '.'), w -> new ArrayList<>())
                .add(new Key(name, descriptor));
    }

    /** The classes of one load are defined; a variable whose type was compiled again moves or, where it cannot, is lost. */
    synchronized void settle(Set<String> loaded) {
        for (String wrapper : loaded) {
            for (Key key : declarations.getOrDefault(wrapper, List.of())) {
                home(key.name(), key.descriptor());
                Key before = current.put(key.name(), key);
                if (before != null && !before.equals(key)) {
                    move(before, key);
                }
            }
        }
    }

    private void move(Key before, Key now) {
        VariableHome old = homeOf(before);
        VariableHome home = homeOf(now);
        Object value = old.get();
        if (value != null && home.fits(value)) {
            home.set(value);
        } else if (value != null) {
            lost.add(now.name());
        }
    }

    /** A declaration is about to run: its variables start empty, and so do those of the same name and another type. */
    synchronized void declarationRuns(String wrapper) {
        List<Key> keys = declarations.remove(wrapper);
        if (keys == null) {
            return;
        }
        for (Key key : keys) {
            lost.remove(key.name());
            homes.forEach((other, home) -> {
                if (other.name().equals(key.name())) {
                    home.clear();
                }
            });
        }
    }

    /** The names of the variables that lost their values since the last call, because their types changed. */
    synchronized Set<String> takeLost() {
        Set<String> names = new LinkedHashSet<>(lost);
        lost.clear();
        return names;
    }

    /** The class of a variable as source names it, without type arguments; null where there is no such variable. */
    synchronized @Nullable String erasedType(String name) {
        Key key = current.get(name);
        return key == null
                ? null
                : CellNames.plain(Type.getType(key.descriptor()).getClassName()).replace('$', '.');
    }

    /** The present value of a variable. */
    synchronized @Nullable Object get(String name) {
        Key key = current.get(name);
        return key == null ? null : homeOf(key).get();
    }

    /** Gives a variable a value; false where the variable is of another type. */
    synchronized boolean set(String name, @Nullable Object value) {
        Key key = current.get(name);
        return key == null || homeOf(key).offer(value);
    }

    /** Empties a variable that is no longer declared. */
    synchronized void forget(String name) {
        current.remove(name);
        homes.forEach((key, home) -> {
            if (key.name().equals(name)) {
                home.clear();
            }
        });
    }

    private VariableHome homeOf(Key key) {
        return homes.computeIfAbsent(key, this::define);
    }

    private VariableHome define(Key key) {
        CellClassLoader cells = loader;
        if (cells == null) {
            throw new IllegalStateException("variables need the loader of the cells first");
        }
        String internalName = "REPL/Variable$" + homes.size();
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
                internalName,
                null,
                "java/lang/Object",
                null);
        writer.visitField(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC,
                        key.name(),
                        key.descriptor(),
                        null,
                        null)
                .visitEnd();
        writer.visitEnd();
        Class<?> type = cells.define(internalName.replace('/', '.'), writer.toByteArray());
        return new VariableHome(internalName, type, key.name());
    }
}
