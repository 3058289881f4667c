package org.rewardlab.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A tensor function written as TorchScript source: one native call for a whole formula, differentiable, with every
 * operation of PyTorch at hand and no Python anywhere.
 *
 * <p>The source is one or more functions {@code def name(self, x: Tensor, beta: float) -> Tensor:}; the first one is
 * called. It returns a {@code Tensor} or a {@code List[Tensor]}. Operations are spelled {@code torch.<aten name>}, list
 * arguments as lists ({@code [-1]}), types as numbers (6 float32, 7 float64, 4 int64). Numbers arrive as {@code float}
 * (Java double) or {@code int} (Java long), which also keeps them out of the autograd graph.
 *
 * <p>Formulas that may be differentiated are written as scripts and not with {@code x.mul(2f)}: DJL wraps such a number
 * in a tensor over Java memory which is released while the autograd graph still reads it.
 *
 * <p>A script is compiled at its first call, once, and may be used from any thread. Errors in the source are thrown
 * there, with line and caret.
 *
 * <pre>{@code
 * var halve = Script.of("""
 *         def halve(self, x: Tensor, by: float) -> Tensor:
 *           return torch.mul(x, by)
 *         """);
 * halve.call(nd.create(new float[] {1, 2}), 0.5)
 * // => ND: (2) cpu() float32 [0.5, 1.]
 * }</pre>
 */
public final class Script {

    private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

    private final String source;
    private final String method;
    private final boolean many;
    private volatile long module;

    private Script(String source) {
        this.source = source;
        int name = source.indexOf("def ") + 4;
        this.method = source.substring(name, source.indexOf('(', name)).strip();
        int arrow = source.indexOf("->");
        this.many = source.substring(arrow, source.indexOf(':', arrow)).contains("List[Tensor]");
    }

    /** Keeps the source; nothing is compiled before the first call. */
    public static Script of(String source) {
        return new Script(source);
    }

    /**
     * Calls the function and returns its one result, in the manager of the first array among the arguments.
     *
     * @param arguments arrays, {@code NDArray[]}, {@code Double}, {@code Long} or {@code Boolean}, in order
     */
    public NDArray call(Object... arguments) {
        if (many) {
            throw new IllegalStateException("the script returns a list: use callMany");
        }
        long result = run(arguments);
        try {
            return Torch.toArray(result, managerOf(arguments));
        } finally {
            Torch.delete(result);
        }
    }

    /** Like {@link #call}, for a function that returns {@code List[Tensor]}. */
    public NDArray[] callMany(Object... arguments) {
        if (!many) {
            return new NDArray[] {call(arguments)};
        }
        long result = run(arguments);
        try {
            return Torch.toArrays(result, managerOf(arguments));
        } finally {
            Torch.delete(result);
        }
    }

    private long run(Object... arguments) {
        long compiled = module();
        long[] values = new long[arguments.length];
        int boxed = 0;
        try {
            for (; boxed < arguments.length; boxed++) {
                values[boxed] = Torch.box(arguments[boxed]);
            }
            return Torch.run(compiled, method, values);
        } finally {
            for (int i = 0; i < boxed; i++) {
                Torch.delete(values[i]);
            }
        }
    }

    private static PtNDManager managerOf(Object... arguments) {
        for (Object argument : arguments) {
            if (argument instanceof PtNDArray array) {
                return array.getManager();
            }
            if (argument instanceof NDArray[] arrays && arrays.length > 0) {
                return (PtNDManager) arrays[0].getManager();
            }
        }
        throw new IllegalArgumentException("script arguments: expected at least one array, got none");
    }

    private long module() {
        long known = module;
        if (known == 0) {
            synchronized (this) {
                known = module;
                if (known == 0) {
                    known = Torch.load(new ByteArrayInputStream(archive(source)), Device.cpu());
                    module = known;
                }
            }
        }
        return known;
    }

    /** The archive that PyTorch reads: the source, a pickled empty module and the version of the operator set. */
    private static byte[] archive(String methods) {
        String code = "class K(Module):\n  __parameters__ = []\n  __buffers__ = []\n  training : bool\n"
                + methods.strip().indent(2);
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            put(zip, "k/data.pkl", pickledModule());
            put(zip, "k/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            put(zip, "k/constants.pkl", EMPTY_TUPLE);
            put(zip, "k/version", "10\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    /** Pickle protocol 2 of an object of class {@code __torch__.K} with the state {@code {'training': True}}. */
    private static byte[] pickledModule() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        out.writeBytes("c__torch__\nK\n)".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) 0x81, '}', '(', 'X', 8, 0, 0, 0});
        out.writeBytes("training".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) 0x88, 'u', 'b', '.'});
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return source;
    }
}
