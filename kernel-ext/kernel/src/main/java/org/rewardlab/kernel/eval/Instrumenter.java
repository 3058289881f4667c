package org.rewardlab.kernel.eval;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites the classes that JShell compiles from cells, as they are loaded: stop checks at the start of methods and before
 * backward jumps, notebook variables moved out of the wrapper classes (see {@link VariableStore}), and no way to end the
 * process.
 */
final class Instrumenter {

    private static final String STOP_SITE = StopSite.class.getName().replace('.', '/');
    private static final Handle BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            STOP_SITE,
            "bootstrap",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;)Ljava/lang/invoke/CallSite;",
            false);

    private final VariableStore variables;

    Instrumenter(VariableStore variables) {
        this.variables = variables;
    }

    /** The class as cells run it; without stop checks where a method has no room left for them. */
    byte[] instrument(byte[] original, boolean stopChecks) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new CellClass(writer, stopChecks), 0);
        return writer.toByteArray();
    }

    private final class CellClass extends ClassVisitor {

        private final boolean stopChecks;
        private String name = "";

        CellClass(ClassVisitor next, boolean stopChecks) {
            super(Opcodes.ASM9, next);
            this.stopChecks = stopChecks;
        }

        @Override
        public void visit(
                int version,
                int access,
                String className,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            name = className;
            super.visit(version, access, className, signature, superName, interfaces);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            if ((access & Opcodes.ACC_STATIC) != 0 && VariableStore.isVariable(name, field)) {
                variables.declared(name, field, descriptor);
            }
            return super.visitField(access, field, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String method,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new CellMethod(
                    super.visitMethod(access, method, descriptor, signature, exceptions), method, stopChecks);
        }
    }

    private final class CellMethod extends MethodVisitor {

        private final boolean constructor;
        private final boolean stopChecks;
        private final Set<Label> passed = new HashSet<>();

        CellMethod(MethodVisitor next, String method, boolean stopChecks) {
            super(Opcodes.ASM9, next);
            constructor = method.equals("<init>");
            this.stopChecks = stopChecks;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            if (!constructor) {
                check();
            }
        }

        private void check() {
            if (stopChecks) {
                super.visitInvokeDynamicInsn("check", "()V", BOOTSTRAP);
            }
        }

        @Override
        public void visitLabel(Label label) {
            passed.add(label);
            super.visitLabel(label);
        }

        @Override
        public void visitJumpInsn(int opcode, Label target) {
            if (passed.contains(target)) {
                check();
            }
            super.visitJumpInsn(opcode, target);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
            boolean isStatic = opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC;
            String home =
                    isStatic && VariableStore.isVariable(owner, field) ? variables.home(field, descriptor) : owner;
            super.visitFieldInsn(opcode, home, field, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
            if (isSystemExit(owner, method)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP_SITE, "exit", descriptor, false);
            } else if (isRuntimeExit(owner, method)) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, STOP_SITE, "exit", "(Ljava/lang/Runtime;I)V", false);
            } else {
                super.visitMethodInsn(opcode, owner, method, descriptor, isInterface);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String call, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] changed = arguments.clone();
            for (int i = 0; i < changed.length; i++) {
                if (changed[i] instanceof Handle handle) {
                    changed[i] = withoutExit(handle);
                }
            }
            super.visitInvokeDynamicInsn(call, descriptor, bootstrap, changed);
        }
    }

    private static Handle withoutExit(Handle handle) {
        if (isSystemExit(handle.getOwner(), handle.getName())) {
            return new Handle(Opcodes.H_INVOKESTATIC, STOP_SITE, "exit", "(I)V", false);
        }
        if (isRuntimeExit(handle.getOwner(), handle.getName())) {
            return new Handle(Opcodes.H_INVOKESTATIC, STOP_SITE, "exit", "(Ljava/lang/Runtime;I)V", false);
        }
        return handle;
    }

    private static boolean isSystemExit(String owner, String method) {
        return owner.equals("java/lang/System") && method.equals("exit");
    }

    private static boolean isRuntimeExit(String owner, String method) {
        return owner.equals("java/lang/Runtime") && (method.equals("exit") || method.equals("halt"));
    }
}
