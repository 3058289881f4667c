package org.rewardlab.workbench.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.spi.CellEvent;
import org.rewardlab.kernel.spi.CellListener;
import org.rewardlab.tensor.GradientMode;

/**
 * Around each cell: what it made is handed to the collector's care at its end, and its thread records no gradients unless
 * it asks for them, as on the thread that starts DJL.
 */
public final class CellMemory implements CellListener {

    private static final ThreadLocal<Boolean> PREPARED = ThreadLocal.withInitial(() -> false);

    private final ArrayScopes scopes = ArrayScopes.start();

    @Override
    public void beforeCell(CellEvent cell) {
        if (!PREPARED.get() && scopes.haveSeenArrays()) {
            GradientMode.set(false);
            PREPARED.set(true);
        }
        scopes.beforeCell();
        CurrentCell.begins(() -> {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            cell.variables().get().forEach(variable -> values.put(variable.name(), variable.value()));
            return values;
        });
    }

    @Override
    public void afterCell(CellEvent cell, boolean failed) {
        if (!PREPARED.get() && scopes.haveSeenArrays()) {
            PREPARED.set(true); // the cell itself started DJL, or set the mode that it wants
        }
        scopes.afterCell();
    }
}
