package org.rewardlab.workbench.memory;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Opcodes;

/** Rewrites DJL's {@code NDScope}: the field that holds each thread's stack of scopes is no longer final. */
final class ReplaceableScopes extends ClassVisitor {

    static final String STACK = "SCOPE_STACK";
    static final String ARRAYS = "resources";

    private boolean found;

    private ReplaceableScopes(ClassVisitor next) {
        super(Opcodes.ASM9, next);
    }

    static byte[] rewrite(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        ReplaceableScopes rewriting = new ReplaceableScopes(writer);
        reader.accept(rewriting, 0);
        if (!rewriting.found) {
            throw new IllegalStateException("an unknown version of DJL");
        }
        return writer.toByteArray();
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        boolean stack = name.equals(STACK);
        found |= stack;
        return super.visitField(stack ? access & ~Opcodes.ACC_FINAL : access, name, descriptor, signature, value);
    }
}
