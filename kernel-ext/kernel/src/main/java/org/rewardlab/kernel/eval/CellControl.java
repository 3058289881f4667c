package org.rewardlab.kernel.eval;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.EngineTerminationException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import jdk.jshell.spi.ExecutionControl.ResolutionException;
import jdk.jshell.spi.ExecutionControl.RunException;
import jdk.jshell.spi.ExecutionControl.UserException;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import jdk.jshell.spi.SPIResolutionException;
import org.jspecify.annotations.Nullable;

/** Runs what JShell compiled, in this process and on the calling thread, and keeps the real value or the real throwable. */
final class CellControl extends DirectExecutionControl {

    private final CellClassLoader loader;
    private final VariableStore variables;
    private final CellPlaces places;
    private @Nullable Object value;
    private @Nullable Throwable thrown;
    private String lastClass = "";

    CellControl(CellClassLoader loader, VariableStore variables, CellPlaces places) {
        super(new Delegate(loader, variables));
        this.loader = loader;
        this.variables = variables;
        this.places = places;
    }

    /** Forgets what the last call left. */
    void begin() {
        value = null;
        thrown = null;
    }

    /** The value that the last call returned. */
    @Nullable
    Object takeValue() {
        Object taken = value;
        value = null;
        return taken;
    }

    /** What the last call threw. */
    @Nullable
    Throwable takeThrown() {
        Throwable taken = thrown;
        thrown = null;
        return taken;
    }

    @Override
    public String invoke(String className, String methodName)
            throws RunException, InternalException, EngineTerminationException {
        Method method;
        try {
            method = loader.loadClass(className).getDeclaredMethod(methodName);
            method.setAccessible(true);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new InternalException(e.toString());
        }
        variables.declarationRuns(className);
        places.runs(className);
        CellTask task = CellTask.current();
        Object result = null;
        Throwable failure = null;
        try {
            task.enterUserCode();
            result = method.invoke(null);
        } catch (InvocationTargetException e) {
            failure = e.getCause();
        } catch (Throwable e) {
            failure = e;
        } finally {
            task.leaveUserCode();
        }
        task.endIfAbandoned();
        if (failure instanceof SPIResolutionException unresolved) {
            throw new ResolutionException(unresolved.id(), CellFrames.wrapperFrames(failure));
        }
        if (failure != null) {
            thrown = failure;
            throw new UserException("", failure.getClass().getName(), CellFrames.wrapperFrames(failure));
        }
        value = result;
        lastClass = className;
        return "";
    }

    /** Empties the field in which the last call left the value of an expression: nothing is to hold it but its reader. */
    void clearTemporary(String name) {
        try {
            Field field = loader.loadClass(lastClass).getDeclaredField(name);
            if (!field.getType().isPrimitive()) {
                field.setAccessible(true);
                field.set(null, null);
            }
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the value of an expression is not where it was left", e);
        }
    }

    @Override
    public String varValue(String className, String varName) {
        return String.valueOf(variables.get(varName));
    }

    /** Gives JShell this control, whatever it asks for. */
    record Provider(CellControl control) implements ExecutionControlProvider {

        @Override
        public String name() {
            return "cells";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return control;
        }
    }

    private static final class Delegate implements LoaderDelegate {

        private final CellClassLoader loader;
        private final VariableStore variables;

        Delegate(CellClassLoader loader, VariableStore variables) {
            this.loader = loader;
            this.variables = variables;
        }

        @Override
        public void load(ClassBytecodes[] classes) throws ClassInstallException {
            Map<String, byte[]> bytes = new LinkedHashMap<>();
            Set<String> wrappers = new LinkedHashSet<>();
            for (ClassBytecodes each : classes) {
                bytes.put(each.name(), each.bytecodes());
                wrappers.add(each.name());
            }
            try {
                loader.load(bytes);
                variables.settle(wrappers);
            } catch (ClassNotFoundException | LinkageError e) {
                boolean[] installed = new boolean[classes.length];
                Set<String> known = new HashSet<>(loader.cellClasses());
                for (int i = 0; i < installed.length; i++) {
                    installed[i] = known.contains(classes[i].name());
                }
                throw new ClassInstallException("cannot load the cell's classes: " + e, installed);
            }
        }

        @Override
        public void classesRedefined(ClassBytecodes[] classes) {
            throw new UnsupportedOperationException("classes of cells are replaced, not redefined");
        }

        @Override
        public void addToClasspath(String path) {
            for (String entry : path.split(File.pathSeparator, -1)) {
                if (!entry.isEmpty()) {
                    loader.add(Path.of(entry));
                }
            }
        }

        @Override
        public Class<?> findClass(String name) throws ClassNotFoundException {
            return loader.loadClass(name);
        }
    }
}
