package org.rewardlab.kernel.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.eval.Outcome;
import org.rewardlab.kernel.output.CellContext;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.spi.CellEvent;

/** Runs cells, and what messages of comms ask for, with the services around them. */
final class CellRuns {

    private final Evaluator evaluator;
    private final CellServices services;
    private final Renderer renderer;
    private final Function<CellSource, Outcome> evaluation;

    CellRuns(Evaluator evaluator, CellServices services, Renderer renderer, Function<CellSource, Outcome> evaluation) {
        this.evaluator = evaluator;
        this.services = services;
        this.renderer = renderer;
        this.evaluation = evaluation;
    }

    /** Runs a cell as a client asked for it. */
    CellResult execute(CellRequest request, CellOutput output) {
        CellContext context = new CellContext(request.number(), output);
        try {
            return evaluator.run(context, () -> cell(request, context), failed -> failed(context, failed.report()));
        } finally {
            context.output().finish();
        }
    }

    private CellResult cell(CellRequest request, CellContext context) {
        CellEvent event = new CellEvent(request.number(), request.source(), evaluator::variables);
        services.before(event);
        boolean succeeded = false;
        try {
            CellResult result = evaluated(request, context);
            succeeded = result.succeeded();
            return result;
        } finally {
            context.output().flush();
            services.after(event, !succeeded);
        }
    }

    /** Does what a comm's message asks for as a cell would: on the cell thread, with the services around it. */
    void serve(int number, CellOutput output, Runnable work) {
        CellContext context = new CellContext(number, output);
        try {
            evaluator.run(context, () -> served(number, context, work), failed -> failed(context, failed.report()));
        } finally {
            context.output().finish();
        }
    }

    private CellResult served(int number, CellContext context, Runnable work) {
        CellEvent event = new CellEvent(number, "", evaluator::variables);
        services.before(event);
        boolean succeeded = false;
        try {
            evaluator.asUserCode(() -> {
                work.run();
                return true;
            });
            succeeded = true;
            return new CellResult(null, Map.of(), null);
        } finally {
            context.output().flush();
            services.after(event, !succeeded);
        }
    }

    private CellResult evaluated(CellRequest request, CellContext context) {
        Outcome outcome = evaluation.apply(CellSource.of(request.number(), request.source()));
        if (outcome instanceof Outcome.Failed failed) {
            return failed(context, failed.report());
        }
        if (outcome instanceof Outcome.Value value && !request.silent()) {
            DisplayData shown = rendered(value.value());
            context.output().result(request.number(), shown);
            return new CellResult(null, expressions(request), shown);
        }
        return new CellResult(null, expressions(request), null);
    }

    private static CellResult failed(CellContext context, ErrorReport report) {
        context.output().error(report.ename(), report.evalue(), report.traceback());
        return new CellResult(report, Map.of(), null);
    }

    private DisplayData rendered(@Nullable Object value) {
        return evaluator.asUserCode(() -> renderer.render(value));
    }

    private Map<String, CellResult> expressions(CellRequest request) {
        Map<String, CellResult> values = new LinkedHashMap<>();
        request.expressions().forEach((name, expression) -> values.put(name, expression(expression)));
        return values;
    }

    private CellResult expression(String source) {
        Outcome outcome = evaluation.apply(new CellSource("expression", source));
        if (outcome instanceof Outcome.Failed failed) {
            return new CellResult(failed.report(), Map.of(), null);
        }
        Object value = outcome instanceof Outcome.Value shown ? shown.value() : null;
        return new CellResult(null, Map.of(), rendered(value));
    }
}
