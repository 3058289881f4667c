package org.rewardlab.kernel.session;

import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellNames;
import org.rewardlab.kernel.eval.CellStopped;

/** JJava's renderer, with plain text for every value, null among them, and no failure that loses the reply. */
final class NotebookRenderer extends Renderer {

    @Override
    protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
        if (!data.hasDataForType(MIMEType.TEXT_PLAIN)) {
            data.putText(PlainText.of(value));
        } else if (data.getData(MIMEType.TEXT_PLAIN) instanceof CharSequence text) {
            data.putText(PlainText.cut(text.toString()));
        }
        return data;
    }

    @Override
    public DisplayData render(@Nullable Object value, Map<String, Object> params) {
        if (value == null) {
            return new DisplayData("null");
        }
        if (value instanceof DisplayData data) {
            return finalizeDisplayData(data, value);
        }
        try {
            return super.render(value, params);
        } catch (CellStopped e) {
            throw e;
        } catch (Throwable e) {
            return failed(value, e);
        }
    }

    @Override
    public DisplayData renderAs(@Nullable Object value, Map<String, Object> params, String... types) {
        if (value == null) {
            return new DisplayData("null");
        }
        if (value instanceof DisplayData data) {
            return finalizeDisplayData(data, value);
        }
        try {
            return super.renderAs(value, params, types);
        } catch (CellStopped e) {
            throw e;
        } catch (Throwable e) {
            return failed(value, e);
        }
    }

    private static DisplayData failed(Object value, Throwable failure) {
        return new DisplayData(CellNames.of(value.getClass()) + " cannot be shown: " + CellNames.of(failure.getClass())
                + ": " + CellNames.plain(String.valueOf(failure.getMessage())));
    }
}
