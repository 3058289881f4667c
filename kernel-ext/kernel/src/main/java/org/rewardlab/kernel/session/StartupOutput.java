package org.rewardlab.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.StreamName;

/**
 * The output of what runs before the first cell, extensions and startup scripts: it goes to the streams of the process, and
 * once more to the first cell, where a user sees it. A failure is text there, for the cell itself has not failed.
 */
final class StartupOutput extends BareOutput {

    private final CellOutput process = new ProcessOutput();
    private final List<Consumer<CellOutput>> said = new ArrayList<>();
    private boolean told;

    /** Says to the first cell what was said so far; later calls say nothing. */
    void tell(CellOutput firstCell) {
        List<Consumer<CellOutput>> all;
        synchronized (said) {
            told = true;
            all = List.copyOf(said);
            said.clear();
        }
        all.forEach(each -> each.accept(firstCell));
    }

    private void say(Consumer<CellOutput> words) {
        words.accept(process);
        synchronized (said) {
            if (!told) {
                said.add(words);
            }
        }
    }

    @Override
    public void stream(StreamName name, String text) {
        say(output -> output.stream(name, text));
    }

    @Override
    public void display(DisplayData data, @Nullable String id) {
        say(output -> output.display(data, id));
    }

    @Override
    public void updateDisplay(String id, DisplayData data) {
        say(output -> output.updateDisplay(id, data));
    }
}
