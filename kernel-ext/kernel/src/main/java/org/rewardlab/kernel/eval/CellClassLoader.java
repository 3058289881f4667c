package org.rewardlab.kernel.eval;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one loader of all cells' classes, with the jars that a notebook adds. It sees everything that the application sees,
 * and is the context class loader of cells.
 */
final class CellClassLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final Map<String, byte[]> pending = new ConcurrentHashMap<>();
    private final Map<String, byte[]> originals = new ConcurrentHashMap<>();
    private final UnaryOperator<byte[]> rewrite;

    CellClassLoader(ClassLoader parent, UnaryOperator<byte[]> rewrite) {
        super("cells", new URL[0], parent);
        this.rewrite = rewrite;
    }

    /** Makes classes known that may refer to one another, then loads them all. */
    void load(Map<String, byte[]> classes) throws ClassNotFoundException {
        pending.putAll(classes);
        originals.putAll(classes);
        for (String name : classes.keySet()) {
            loadClass(name);
        }
    }

    /** Defines a class as it is. */
    Class<?> define(String name, byte[] bytes) {
        return defineClass(name, bytes, 0, bytes.length);
    }

    void add(Path path) {
        try {
            addURL(path.toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("class path: expected a file or folder, got " + path, e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = pending.remove(name);
        if (bytes == null) {
            return super.findClass(name);
        }
        byte[] rewritten = rewrite.apply(bytes);
        return defineClass(name, rewritten, 0, rewritten.length);
    }

    /** Class files of cells, for libraries that read them; other resources as usual. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = name.endsWith(".class")
                ? originals.get(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                : null;
        return bytes != null ? new ByteArrayInputStream(bytes) : super.getResourceAsStream(name);
    }

    /** The names of the cells' classes loaded so far. */
    Set<String> cellClasses() {
        return Set.copyOf(originals.keySet());
    }
}
