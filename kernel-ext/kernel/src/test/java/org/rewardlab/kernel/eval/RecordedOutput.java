package org.rewardlab.kernel.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.StreamName;

/** Keeps what a cell put out, as lines such as {@code stdout:text}. */
public final class RecordedOutput implements CellOutput {

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<DisplayData> data = Collections.synchronizedList(new ArrayList<>());

    public List<String> events() {
        return List.copyOf(events);
    }

    public List<DisplayData> data() {
        return List.copyOf(data);
    }

    /** All text of one stream. */
    public String text(StreamName name) {
        StringBuilder text = new StringBuilder();
        for (String event : events()) {
            if (event.startsWith(name + ":")) {
                text.append(event, name.toString().length() + 1, event.length());
            }
        }
        return text.toString();
    }

    @Override
    public void stream(StreamName name, String text) {
        events.add(name + ":" + text);
    }

    @Override
    public void display(DisplayData shown, @Nullable String id) {
        data.add(shown);
        events.add("display:" + id);
    }

    @Override
    public void updateDisplay(String id, DisplayData shown) {
        data.add(shown);
        events.add("update:" + id);
    }

    @Override
    public void clearOutput(boolean wait) {
        events.add("clear:" + wait);
    }

    @Override
    public void result(int count, DisplayData shown) {
        data.add(shown);
        events.add("result:" + count);
    }

    @Override
    public void error(String ename, String evalue, List<String> traceback) {
        events.add("error:" + ename + ":" + evalue);
    }
}
