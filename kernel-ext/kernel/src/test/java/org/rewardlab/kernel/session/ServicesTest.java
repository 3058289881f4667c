package org.rewardlab.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rewardlab.kernel.eval.RecordedOutput;
import org.rewardlab.kernel.output.StreamName;
import org.rewardlab.kernel.spi.CellEvent;
import org.rewardlab.kernel.spi.CellListener;
import org.rewardlab.kernel.spi.StartupImports;
import org.rewardlab.kernel.spi.ValueDescriber;

class ServicesTest {

    static final List<String> CALLS = new ArrayList<>();

    private Session session;

    /** A value that an extension shows. */
    public record Shape(int rows, int columns) {}

    /** An extension as it would be written for JJava. */
    public static final class ShapeExtension implements Extension {

        @Override
        public void install(BaseKernel kernel) {
            kernel.getRenderer()
                    .createRegistration(Shape.class)
                    .preferring(MIMEType.TEXT_HTML)
                    .register((shape, context) ->
                            context.renderIfRequested(MIMEType.TEXT_HTML, () -> "<b>" + shape.rows() + "</b>"));
            kernel.getMagicsRegistry().registerLineMagic("shape", (k, arguments) -> new Shape(arguments.size(), 0));
        }
    }

    public static final class Listener implements CellListener {

        @Override
        public void beforeCell(CellEvent cell) {
            CALLS.add(
                    "before " + cell.number() + " on " + Thread.currentThread().getName());
        }

        @Override
        public void afterCell(CellEvent cell, boolean failed) {
            CALLS.add("after " + cell.number() + (failed ? " failed" : "") + " with "
                    + cell.variables().get().size());
        }
    }

    public static final class Imports implements StartupImports {

        @Override
        public List<String> imports() {
            return List.of("import java.util.zip.CRC32;");
        }
    }

    public static final class Describer implements ValueDescriber {

        @Override
        public Optional<String> describe(Object value) {
            return value instanceof Shape shape
                    ? Optional.of(shape.rows() + " x " + shape.columns())
                    : Optional.empty();
        }
    }

    @BeforeEach
    void start() {
        CALLS.clear();
        session = Session.start(SessionSettings.defaults());
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void anExtensionOfJJavaRendersAndAddsMagics() {
        RecordedOutput output = new RecordedOutput();
        CellResult result = session.execute("Object s = %shape a b c\ns", 1, output);
        assertThat(Objects.requireNonNull(result.value()).getData(MIMEType.TEXT_HTML))
                .isEqualTo("<b>3</b>");
    }

    @Test
    void listenersAreCalledAroundEachCellOnItsThread() {
        RecordedOutput output = new RecordedOutput();
        session.execute("int a = new CRC32() == null ? 0 : 1;", 1, output);
        session.execute("a / 0", 2, output);
        assertThat(CALLS)
                .containsExactly("before 1 on cells", "after 1 with 1", "before 2 on cells", "after 2 failed with 1");
    }

    @Test
    void describersTellOfVariables() {
        RecordedOutput output = new RecordedOutput();
        session.execute("Object s = %shape a b", 1, output);
        session.execute("%who", 2, output);
        assertThat(String.valueOf(output.data().get(0).getData(MIMEType.TEXT_PLAIN)))
                .contains("2 x 0");
        assertThat(output.text(StreamName.STDERR)).isEmpty();
    }

    @Test
    void aProviderThatCannotBeHadKeepsNoOtherOneAway(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(CellListener.class.getName()),
                "no.such.Listener\n" + String.class.getName() + "\n" + Listener.class.getName() + "\n");
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(CellServices.load(CellListener.class, loader)).hasAtLeastOneElementOfType(Listener.class);
        }
    }

    @Test
    void aServiceThatLacksAnotherOneDoesNotEndTheCell() {
        OutOfOrder.broken = true;
        try {
            RecordedOutput output = new RecordedOutput();
            CellResult result = session.execute("%who", 1, output);
            assertThat(result.succeeded()).isTrue();
            session.execute("int a = 1;", 2, output);
            assertThat(session.execute("%who", 3, output).succeeded()).isTrue();
            assertThat(output.text(StreamName.STDERR)).contains("out of order");
        } finally {
            OutOfOrder.broken = false;
        }
    }

    /** A listener and describer whose own services are broken. */
    public static final class OutOfOrder implements CellListener, ValueDescriber {

        static boolean broken;

        @Override
        public void beforeCell(CellEvent cell) {
            breakDown();
        }

        @Override
        public Optional<String> describe(Object value) {
            breakDown();
            return Optional.empty();
        }

        private static void breakDown() {
            if (broken) {
                throw new ServiceConfigurationError("out of order");
            }
        }
    }
}
