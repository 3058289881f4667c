package io.github.spencerpark.jupyter.kernel.magic.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.jspecify.annotations.Nullable;

/** The kernel's magics in the manner of IJava: annotated methods of a class or an object. */
public final class Magics {

    private final MagicsRegistry registry;

    /** The magics of that registry. */
    public Magics(MagicsRegistry registry) {
        this.registry = registry;
    }

    /** Adds the magics among the static methods of a class. */
    public void registerMagics(Class<?> type) {
        register(type, null);
    }

    /** Adds the magics among the methods of an object. */
    public void registerMagics(Object holder) {
        register(holder.getClass(), holder);
    }

    private void register(Class<?> type, @Nullable Object holder) {
        int found = 0;
        for (Method method : type.getDeclaredMethods()) {
            LineMagic line = method.getAnnotation(LineMagic.class);
            CellMagic cell = method.getAnnotation(CellMagic.class);
            if (line == null && cell == null) {
                continue;
            }
            if (holder == null && !Modifier.isStatic(method.getModifiers())) {
                throw new IllegalArgumentException("magics: expected a static method in a class, got " + method
                        + "; give an object of the class instead");
            }
            method.setAccessible(true);
            if (line != null) {
                org.dflib.jjava.jupyter.kernel.magic.LineMagic<Object, BaseKernel> magic =
                        (kernel, arguments) -> call(method, holder, arguments);
                names(method, line.value(), line.aliases()).forEach(name -> registry.registerLineMagic(name, magic));
            }
            if (cell != null) {
                org.dflib.jjava.jupyter.kernel.magic.CellMagic<Object, BaseKernel> magic =
                        (kernel, arguments, body) -> call(method, holder, arguments, body);
                names(method, cell.value(), cell.aliases()).forEach(name -> registry.registerCellMagic(name, magic));
            }
            found++;
        }
        if (found == 0) {
            throw new IllegalArgumentException(
                    "magics: expected methods with @LineMagic or @CellMagic, got none in " + type);
        }
    }

    private static List<String> names(Method method, String given, String[] aliases) {
        List<String> names = new ArrayList<>(List.of(given.isEmpty() ? method.getName() : given));
        names.addAll(Arrays.asList(aliases));
        return names;
    }

    @SuppressWarnings("NullAway") // a magic without a value returns null, as JJava's do
    private static Object call(Method method, @Nullable Object holder, Object... arguments) throws Exception {
        try {
            return method.invoke(holder, Arrays.copyOf(arguments, method.getParameterCount()));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof Exception own ? own : e;
        }
    }
}
