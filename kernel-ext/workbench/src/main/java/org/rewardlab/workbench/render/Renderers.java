package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.plot.Figure;
import org.rewardlab.lab.plot.Panel;
import org.rewardlab.tensor.LossGradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Metrics;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** All renderers of the workbench, by the type that they are for. */
public final class Renderers {

    private Renderers() {}

    /** Teaches a kernel's renderer the types of the lab. */
    public static void register(Renderer renderer) {
        on(renderer, NDArray.class, ArrayView::of);
        on(renderer, NDList.class, ArrayView::of);
        on(renderer, NDArray[].class, arrays -> RecordView.ofList(Arrays.asList(arrays)));
        on(renderer, Table.class, TableView::of);
        on(renderer, Column.class, column -> TableView.of(Table.create(column.name(), column)));
        on(renderer, Chart.class, ChartView::of);
        on(renderer, Figure.class, FigureView::of);
        on(renderer, Panel.class, panel -> FigureView.of(FigureView.figure(panel)));
        on(renderer, LossOutput.class, LossView::of);
        on(renderer, LossGradients.class, LossView::of);
        on(renderer, Metrics.class, LossView::of);
        on(renderer, Displayable.class, shown -> new Bundle(shown.mimeBundle()));
        on(renderer, Record.class, RecordView::of);
        on(renderer, List.class, RecordView::ofList);
        on(renderer, Map.class, MapView::of);
        on(renderer, Duration.class, duration -> Bundle.text(Durations.text(duration)));
        on(renderer, Path.class, PictureView::of);
        on(renderer, Throwable.class, ThrowableView::of);
        for (Class<?> grid : JavaArrayView.TYPES) {
            on(renderer, grid, JavaArrayView::of);
        }
    }

    private static <T> void on(Renderer renderer, Class<T> type, Function<? super T, Bundle> view) {
        renderer.createRegistration(type)
                .preferring(MIMEType.ANY)
                .register((value, context) -> put(view.apply(value), context));
    }

    private static void put(Bundle bundle, RenderContext context) {
        bundle.byType().forEach((type, data) -> {
            if (context.wantsDataRenderedAs(MIMEType.parse(type))) {
                context.getOutputContainer().putData(type, wire(type, data));
            }
        });
    }

    /** Data as Jupyter's messages carry it: pictures in base 64 or fitting their cell, JSON as what it says. */
    private static Object wire(String type, Object data) {
        if (data instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (type.equals(Bundle.SVG)) {
            return FittedSvg.of(data.toString());
        }
        return type.endsWith("json") ? JsonParser.parseString(data.toString()) : data;
    }
}
