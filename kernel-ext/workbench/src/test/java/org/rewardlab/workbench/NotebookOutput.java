package org.rewardlab.workbench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.StreamName;

/** Keeps what a cell put out. */
public final class NotebookOutput implements CellOutput {

    private final List<String> text = Collections.synchronizedList(new ArrayList<>());
    private final List<String> errors = Collections.synchronizedList(new ArrayList<>());
    private final List<DisplayData> displays = Collections.synchronizedList(new ArrayList<>());
    private final List<DisplayData> updates = Collections.synchronizedList(new ArrayList<>());
    private final List<DisplayData> results = Collections.synchronizedList(new ArrayList<>());

    /** All text on both streams. */
    public String text() {
        return String.join("", text);
    }

    /** The failure's report; empty where there was none. */
    public String errors() {
        return String.join("\n", errors);
    }

    public List<DisplayData> displays() {
        return displays;
    }

    public List<DisplayData> updates() {
        return updates;
    }

    public List<DisplayData> results() {
        return results;
    }

    @Override
    public void stream(StreamName name, String added) {
        text.add(added);
    }

    @Override
    public void display(DisplayData data, @Nullable String id) {
        displays.add(data);
    }

    @Override
    public void updateDisplay(String id, DisplayData data) {
        updates.add(data);
    }

    @Override
    public void clearOutput(boolean wait) {
        displays.clear();
    }

    @Override
    public void result(int count, DisplayData data) {
        results.add(data);
    }

    @Override
    public void error(String ename, String evalue, List<String> traceback) {
        errors.add(ename + ": " + evalue);
        errors.addAll(traceback);
    }
}
