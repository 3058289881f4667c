package org.rewardlab.kernel.session;

import java.util.Map;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellNames;
import org.rewardlab.kernel.eval.CellStopped;
import org.rewardlab.kernel.output.DisplayJson;

/** JJava's renderer, with plain text for every value, null among them, and no failure that loses the reply. */
final class NotebookRenderer extends Renderer {

    private static final int MAX_TEXT = 400;
    private static final Pattern TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+");

    @Override
    protected DisplayData finalizeDisplayData(DisplayData data, Object value) {
        if (!data.hasDataForType(MIMEType.TEXT_PLAIN)) {
            data.putText(value instanceof DisplayData ? textOf(data) : PlainText.of(value));
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
            DisplayData data = super.renderAs(value, params, types);
            for (String type : types) {
                putAsIs(data, value, type);
            }
            return data;
        } catch (CellStopped e) {
            throw e;
        } catch (Throwable e) {
            return failed(value, e);
        }
    }

    /** Text and bytes may be of any type that their author names, where no renderer knows that type. */
    private static void putAsIs(DisplayData data, Object value, String type) {
        boolean raw = value instanceof CharSequence || value instanceof byte[];
        if (raw && TYPE.matcher(type).matches() && !data.hasDataForType(MIMEType.parse(type))) {
            data.putData(type, value);
        }
    }

    /** Text for a display that came with none: that of its HTML, or else the names of what it holds. */
    static String textOf(DisplayData data) {
        Object html = data.getData(MIMEType.TEXT_HTML);
        if (html != null) {
            String text = html.toString()
                    .replaceAll("(?s)<(style|script)\\b.*?</\\1>", "")
                    .replaceAll("<[^>]*>", " ")
                    .replaceAll("\\s+", " ")
                    .strip();
            if (!text.isEmpty()) {
                return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
            }
        }
        return String.valueOf(DisplayJson.of(data).getAsJsonObject("data").keySet());
    }

    private static DisplayData failed(Object value, Throwable failure) {
        return new DisplayData(CellNames.of(value.getClass()) + " cannot be shown: " + CellNames.of(failure.getClass())
                + ": " + CellNames.plain(String.valueOf(failure.getMessage())));
    }
}
