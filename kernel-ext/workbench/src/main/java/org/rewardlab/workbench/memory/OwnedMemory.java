package org.rewardlab.workbench.memory;

import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Rewrites DJL's {@code JniUtils}: arrays made from Java buffers own a copy, numbers set into an array are written into
 * its own memory, the arguments of every native call stay reachable until it has returned, and a type that the native
 * part does not know is refused, where it would end the process.
 */
final class OwnedMemory extends ClassVisitor {

    private static final String JNI = "ai/djl/pytorch/jni/JniUtils";
    private static final String LIBRARY = "ai/djl/pytorch/jni/PyTorchLibrary";
    private static final String ARRAY = "ai/djl/pytorch/engine/PtNDArray";
    private static final String BORROWING = "(Lai/djl/pytorch/engine/PtNDManager;JLjava/nio/ByteBuffer;)V";
    private static final String OWNING = "(Lai/djl/pytorch/engine/PtNDManager;J)V";
    private static final String SET = "(L" + ARRAY + ";Ljava/nio/ByteBuffer;)V";
    private static final String OWNERS = Type.getInternalName(BufferOwners.class);
    private static final String KEEP = "(Ljava/nio/ByteBuffer;Ljava/lang/Object;)Ljava/nio/ByteBuffer;";
    private static final String LENT_SET = "set$lent";
    private static final String OWNED = "owned$copy";
    private static final String TYPE = "ai/djl/ndarray/types/DataType";
    private static final String KNOWN = "known$type";

    @SuppressWarnings("EnumOrdinal") // the number is what DJL hands over
    private static final int LAST_KNOWN = DataType.COMPLEX64.ordinal();

    private final boolean keepsOwners;
    private boolean copies;
    private boolean sets;

    private OwnedMemory(ClassVisitor next, boolean keepsOwners) {
        super(Opcodes.ASM9, next);
        this.keepsOwners = keepsOwners;
    }

    /**
     * Rewrites the class.
     *
     * @param keepsOwners whether a direct buffer is to keep its array alive; only where DJL sees {@link BufferOwners}
     */
    static byte[] rewrite(byte[] original, boolean keepsOwners) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        OwnedMemory rewriting = new OwnedMemory(writer, keepsOwners);
        reader.accept(rewriting, 0);
        if (!rewriting.copies || !rewriting.sets) {
            throw new IllegalStateException("an unknown version of DJL's PyTorch engine");
        }
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        boolean set = name.equals("set") && descriptor.equals(SET);
        sets |= set;
        MethodVisitor next = super.visitMethod(access, set ? LENT_SET : name, descriptor, signature, exceptions);
        return (access & Opcodes.ACC_STATIC) == 0 || name.startsWith("<")
                ? next
                : new Body(next, descriptor, keepsOwners && name.equals("getByteBuffer"));
    }

    @Override
    public void visitEnd() {
        addCopy();
        addSet();
        addKnownType();
        super.visitEnd();
    }

    /** {@code static long owned$copy(long borrowed, ByteBuffer buffer)}: clones, deletes, returns the clone. */
    private void addCopy() {
        MethodVisitor code = visitAdded(OWNED, "(JLjava/nio/ByteBuffer;)J");
        library(code);
        code.visitVarInsn(Opcodes.LLOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, LIBRARY, "tensorClone", "(J)J", false);
        library(code);
        code.visitVarInsn(Opcodes.LLOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, LIBRARY, "torchDeleteTensor", "(J)V", false);
        fence(code, 2);
        code.visitInsn(Opcodes.LRETURN);
        end(code);
    }

    /** {@code set(array, data)}: into the array's own memory where it is dense and on the CPU, else as it was. */
    private void addSet() {
        MethodVisitor code = visitAdded("set", SET);
        Label lent = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, ARRAY, "getDevice", "()Lai/djl/Device;", false);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "ai/djl/Device", "isGpu", "()Z", false);
        code.visitJumpInsn(Opcodes.IFNE, lent);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, ARRAY, "isSparse", "()Z", false);
        code.visitJumpInsn(Opcodes.IFNE, lent);
        library(code);
        handle(code);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, LIBRARY, "torchIsContiguous", "(J)Z", false);
        code.visitJumpInsn(Opcodes.IFEQ, lent);
        library(code);
        handle(code);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, LIBRARY, "torchDirectByteBuffer", "(J)Ljava/nio/ByteBuffer;", false);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/nio/ByteBuffer", "duplicate", "()Ljava/nio/ByteBuffer;", false);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                "java/nio/ByteBuffer",
                "put",
                "(Ljava/nio/ByteBuffer;)Ljava/nio/ByteBuffer;",
                false);
        code.visitInsn(Opcodes.POP);
        fence(code, 0);
        code.visitInsn(Opcodes.RETURN);
        code.visitLabel(lent);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, JNI, LENT_SET, SET, false);
        code.visitInsn(Opcodes.RETURN);
        end(code);
    }

    /** {@code static int known$type(DataType type)}: its number, where the native part knows it. */
    private void addKnownType() {
        MethodVisitor code = visitAdded(KNOWN, "(L" + TYPE + ";)I");
        Label unknown = new Label();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, TYPE, "ordinal", "()I", false);
        code.visitIntInsn(Opcodes.BIPUSH, LAST_KNOWN);
        code.visitJumpInsn(Opcodes.IF_ICMPGT, unknown);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, TYPE, "ordinal", "()I", false);
        code.visitInsn(Opcodes.IRETURN);
        code.visitLabel(unknown);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitTypeInsn(Opcodes.NEW, "java/lang/IllegalArgumentException");
        code.visitInsn(Opcodes.DUP);
        code.visitLdcInsn("dtype: expected float32, float64, float16, uint8, int32, int8, int64, boolean or complex64,"
                + " the types of DJL's PyTorch engine, got ");
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, TYPE, "toString", "()Ljava/lang/String;", false);
        code.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL, "java/lang/String", "concat", "(Ljava/lang/String;)Ljava/lang/String;", false);
        code.visitMethodInsn(
                Opcodes.INVOKESPECIAL, "java/lang/IllegalArgumentException", "<init>", "(Ljava/lang/String;)V", false);
        code.visitInsn(Opcodes.ATHROW);
        end(code);
    }

    private MethodVisitor visitAdded(String name, String descriptor) {
        MethodVisitor code = super.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, name, descriptor, null, null);
        code.visitCode();
        return code;
    }

    private static void library(MethodVisitor code) {
        code.visitFieldInsn(Opcodes.GETSTATIC, LIBRARY, "LIB", "L" + LIBRARY + ";");
    }

    private static void handle(MethodVisitor code) {
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, ARRAY, "getHandle", "()Ljava/lang/Object;", false);
        code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Long");
        code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, "java/lang/Long", "longValue", "()J", false);
    }

    private static void fence(MethodVisitor code, int slot) {
        code.visitVarInsn(Opcodes.ALOAD, slot);
        code.visitMethodInsn(
                Opcodes.INVOKESTATIC, "java/lang/ref/Reference", "reachabilityFence", "(Ljava/lang/Object;)V", false);
    }

    private static void end(MethodVisitor code) {
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    /** A method of the original: owning constructor calls, and a fence for each object argument before it returns. */
    private final class Body extends MethodVisitor {

        private final Type[] arguments;
        private final boolean returnsBuffer;

        Body(MethodVisitor next, String descriptor, boolean returnsBuffer) {
            super(Opcodes.ASM9, next);
            this.returnsBuffer = returnsBuffer;
            arguments = Type.getArgumentTypes(descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (owner.equals(ARRAY) && name.equals("<init>") && descriptor.equals(BORROWING)) {
                copies = true;
                super.visitMethodInsn(Opcodes.INVOKESTATIC, JNI, OWNED, "(JLjava/nio/ByteBuffer;)J", false);
                super.visitMethodInsn(opcode, owner, name, OWNING, isInterface);
            } else if (owner.equals(TYPE) && name.equals("ordinal")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, JNI, KNOWN, "(L" + TYPE + ";)I", false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitInsn(int opcode) {
            if (returnsBuffer && opcode == Opcodes.ARETURN) {
                visitVarInsn(Opcodes.ALOAD, 0);
                visitMethodInsn(Opcodes.INVOKESTATIC, OWNERS, "keep", KEEP, false);
            }
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                int slot = 0;
                for (Type argument : arguments) {
                    if (argument.getSort() == Type.OBJECT || argument.getSort() == Type.ARRAY) {
                        fence(this, slot);
                    }
                    slot += argument.getSize();
                }
            }
            super.visitInsn(opcode);
        }
    }
}
