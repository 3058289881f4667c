package org.rewardlab.kernel.eval;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** The class with one static field, named as the variable is, in which a notebook variable lives. */
final class VariableHome {

    private final String internalName;
    private final Class<?> type;
    private final String name;
    private @Nullable Field field;

    VariableHome(String internalName, Class<?> type, String name) {
        this.internalName = internalName;
        this.type = type;
        this.name = name;
    }

    String internalName() {
        return internalName;
    }

    @Nullable
    Object get() {
        try {
            return field().get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read a variable of the notebook", e);
        }
    }

    void set(@Nullable Object value) {
        try {
            field().set(null, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot write a variable of the notebook", e);
        }
    }

    /** Takes a value where it is one of the variable's type. */
    boolean offer(@Nullable Object value) {
        try {
            set(value);
            return true;
        } catch (IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }

    /** Null, zero or false. */
    void clear() {
        Class<?> kind = field().getType();
        set(kind.isPrimitive() ? Array.get(Array.newInstance(kind, 1), 0) : null);
    }

    boolean fits(Object value) {
        Class<?> kind = field().getType();
        return !kind.isPrimitive() && kind.isInstance(value);
    }

    /** Looked up late: when the home is made, the class of the field's type may not be loaded yet. */
    private Field field() {
        Field found = field;
        if (found == null) {
            try {
                found = type.getField(name);
            } catch (NoSuchFieldException e) {
                throw new IllegalStateException("a variable's class without its field", e);
            }
            found.setAccessible(true);
            field = found;
        }
        return found;
    }
}
