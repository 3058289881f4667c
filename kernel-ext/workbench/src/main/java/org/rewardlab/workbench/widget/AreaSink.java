package org.rewardlab.workbench.widget;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.spi.OutputCapture;

/** Leads captured output into an area. */
record AreaSink(OutputArea area) implements OutputCapture.Sink {

    @Override
    public void text(String stream, String text) {
        area.text(stream, text);
    }

    @Override
    public void display(JsonObject bundle, @Nullable String id) {
        area.display(bundle, id);
    }

    @Override
    public boolean update(String id, JsonObject bundle) {
        return area.update(id, bundle);
    }

    @Override
    public void clear(boolean wait) {
        area.clear(wait);
    }
}
