package org.rewardlab.kernel.eval;

/**
 * Where a snippet came from.
 *
 * @param cell the cell
 * @param position where the snippet begins in the cell's text
 */
record Origin(CellSource cell, int position) {

    /** The line in the cell of a line in the snippet, both from 1. */
    int line(int snippetLine) {
        return cell.lineAt(position) + snippetLine - 1;
    }
}
