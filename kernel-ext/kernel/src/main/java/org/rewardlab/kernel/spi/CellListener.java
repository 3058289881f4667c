package org.rewardlab.kernel.spi;

/**
 * A service, found by {@link java.util.ServiceLoader}, that is called around each cell, on the cell's thread. It is for what
 * must happen around a cell, such as the care for native memory. What it throws is reported and does not stop the cell.
 */
public interface CellListener {

    /** Called before the cell's first statement. */
    default void beforeCell(CellEvent cell) {}

    /**
     * Called after the cell, when its result has been rendered and sent; after a failure too.
     *
     * @param failed whether the cell failed
     */
    default void afterCell(CellEvent cell, boolean failed) {}
}
