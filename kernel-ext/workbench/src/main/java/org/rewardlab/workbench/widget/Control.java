package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A widget with a value that a reader can change.
 *
 * @param <T> what its values are
 */
public abstract class Control<T> extends Seen {

    private final List<Consumer<? super T>> observers = new CopyOnWriteArrayList<>();
    private final String description;
    private final String key;

    Control(String name, String styleModel, String description, String key) {
        super(Module.CONTROLS, name, Part.described(styleModel));
        this.description = Objects.requireNonNull(description, "description");
        this.key = key;
        initially("description", description);
        initially("disabled", false);
    }

    /** What stands beside the control. */
    public final String description() {
        return description;
    }

    /** The present value. */
    public abstract T value();

    /** Sets the value, here and in the front end. A value that the control cannot have is rejected. */
    public abstract void value(T value);

    /** Calls the observer with each new value, whoever set it. */
    public final Control<T> observe(Consumer<? super T> observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
        return this;
    }

    @Override
    final void changed(String changed) {
        if (changed.equals(key)) {
            T value = value();
            observers.forEach(observer -> observer.accept(value));
        }
    }

    @Override
    final @Nullable Object read(String asked, JsonElement sent) {
        return asked.equals(key) ? readValue(sent) : get(asked);
    }

    /** The state for what the front end sent as value; throws where it is none. */
    abstract Object readValue(JsonElement sent);

    @Override
    String text() {
        return description + ": " + value();
    }
}
