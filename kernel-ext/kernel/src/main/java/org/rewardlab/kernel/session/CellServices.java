package org.rewardlab.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.spi.CellEvent;
import org.rewardlab.kernel.spi.CellListener;
import org.rewardlab.kernel.spi.StartupImports;
import org.rewardlab.kernel.spi.ValueDescriber;

/** The services that extensions put around cells. One that fails is reported, and the others still run. */
public final class CellServices {

    private final List<CellListener> listeners = load(CellListener.class);
    private final List<StartupImports> imports = load(StartupImports.class);
    private final List<ValueDescriber> describers = load(ValueDescriber.class);

    CellServices() {}

    private static <T> List<T> load(Class<T> service) {
        return load(service, CellServices.class.getClassLoader());
    }

    /** All providers that can be had; of each other one it is said why not. */
    static <T> List<T> load(Class<T> service, ClassLoader loader) {
        List<T> found = new ArrayList<>();
        for (ServiceLoader.Provider<T> provider : Providers.of(service, loader, e -> refused(service, e))) {
            try {
                found.add(provider.get());
            } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
                refused(service, e);
            }
        }
        return found;
    }

    private static void refused(Class<?> service, Throwable why) {
        System.err.println("[" + service.getSimpleName() + ": " + why + "]");
    }

    List<String> imports() {
        List<String> lines = new ArrayList<>();
        imports.forEach(each -> guarded("imports", e -> lines.addAll(each.imports()), each));
        return lines;
    }

    void before(CellEvent cell) {
        listeners.forEach(each -> guarded("before a cell", l -> l.beforeCell(cell), each));
    }

    void after(CellEvent cell, boolean failed) {
        listeners.forEach(each -> guarded("after a cell", l -> l.afterCell(cell, failed), each));
    }

    /** One line on a value from the first describer that knows its kind. */
    public Optional<String> describe(@Nullable Object value) {
        return value == null ? Optional.empty() : first(describer -> describer.describe(value));
    }

    /** The bytes that a value holds, where a describer knows. */
    public Optional<Long> bytes(@Nullable Object value) {
        return value == null ? Optional.empty() : first(describer -> describer.bytes(value));
    }

    private <T> Optional<T> first(java.util.function.Function<ValueDescriber, Optional<T>> question) {
        for (ValueDescriber describer : describers) {
            try {
                Optional<T> answer = question.apply(describer);
                if (answer.isPresent()) {
                    return answer;
                }
            } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
                System.err.println("[" + describer.getClass().getName() + ": " + e + "]");
            }
        }
        return Optional.empty();
    }

    private static <T> void guarded(String when, Consumer<T> call, T service) {
        try {
            call.accept(service);
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            System.err.println("[" + when + ": " + service.getClass().getName() + ": " + e + "]");
        }
    }
}
