package org.rewardlab.kernel.protocol;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.SystemStreams;
import org.rewardlab.kernel.session.HistoryStore;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.wire.Connection;
import org.rewardlab.kernel.wire.ConnectionFile;
import org.rewardlab.kernel.wire.WireMessage;

/**
 * The kernel between its sockets and its session. It listens before there is a session, so that a client is answered at
 * once, and answers the control channel whatever runs.
 */
public final class KernelServer implements AutoCloseable {

    private final Supplier<Session> starter;
    private final Runnable exit;
    private final Connection connection;
    private final UserInput input = new UserInput();
    private final ShellQueue queue = new ShellQueue();
    private final Thread worker;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile @Nullable Session session;
    private volatile @Nullable Handlers handlers;
    private @Nullable HistoryStore history;

    /**
     * A kernel that does not listen yet.
     *
     * @param file where to listen
     * @param starter starts the session, on the worker's thread
     * @param exit ends the process after a request to shut down
     */
    public KernelServer(ConnectionFile file, Supplier<Session> starter, Runnable exit) {
        this.starter = starter;
        this.exit = exit;
        connection = new Connection(file, this::onShell, this::onControl, input::receive);
        worker = new Thread(null, this::work, "shell", 0, false);
        worker.setDaemon(true);
    }

    /** Listens, then starts the session. */
    public void start() throws IOException {
        SystemStreams.install();
        connection.bind();
        JsonObject starting = new JsonObject();
        starting.addProperty("execution_state", "starting");
        Exchange.publish(connection, new JsonObject(), "status", starting, new JsonObject(), List.of());
        connection.receive(); // after the broadcast: a front end that hears "starting" after "idle" waits for ever
        worker.start();
    }

    /** Waits until the session is there. */
    public void awaitReady() throws InterruptedException {
        ready.await();
    }

    /** Interrupts the running cell, as a signal does; before the first cell could run, gives up those that wait. */
    public void interrupt() {
        Session running = session;
        if (running == null || !queue.hasBegun()) {
            queue.abortCells();
        } else {
            running.interrupt();
        }
    }

    private void onShell(WireMessage message) {
        Exchange exchange = new Exchange(message, connection, connection::shell);
        if (message.type().equals("kernel_info_request") && queue.isIdle()) {
            answer(exchange, KernelInfo::answer);
        } else if (message.type().equals("history_request") && queue.isIdle() && queue.isEmpty()) {
            answer(
                    exchange,
                    each -> HistoryAnswers.answer(each, history())); // terminals wait a second for it, no longer
        } else if (message.type().equals("shutdown_request")) {
            shutdown(exchange); // out of turn: the cell before it may never end
        } else {
            queue.add(exchange);
        }
    }

    private synchronized HistoryStore history() {
        HistoryStore known = history;
        if (known == null) {
            known = HistoryStore.ofUser();
            history = known;
        }
        return known;
    }

    private void onControl(WireMessage message) {
        Exchange exchange = new Exchange(message, connection, connection::control);
        switch (message.type()) {
            case "kernel_info_request" -> answer(exchange, KernelInfo::answer);
            case "interrupt_request" -> answer(exchange, this::interruptReply);
            case "shutdown_request" -> shutdown(exchange);
            default -> queue.add(exchange);
        }
    }

    private void interruptReply(Exchange exchange) {
        interrupt();
        exchange.reply("interrupt_reply", new JsonObject());
    }

    private void shutdown(Exchange exchange) {
        answer(exchange, e -> {
            JsonObject content = new JsonObject();
            content.addProperty("restart", e.request().flag("restart", false));
            e.reply("shutdown_reply", content);
            e.publish("shutdown_reply", content);
        });
        exit.run();
    }

    /** Answers between busy and idle, whatever happens. */
    private static void answer(Exchange exchange, Consumer<Exchange> handler) {
        exchange.busy();
        try {
            handler.accept(exchange);
        } catch (Throwable e) {
            FailedRequest.answer(exchange, e);
        } finally {
            exchange.idle();
        }
    }

    private void work() {
        Session started;
        try {
            started = starter.get();
            started.comms().sender(new WireComms(connection));
            session = started;
            Handlers all = new Handlers(started, input, queue, history());
            handlers = all;
            ready.countDown();
            WarmUp.atStart(started, queue);
        } catch (Throwable e) {
            SystemStreams.processErr().println("[kernel] the session cannot start: " + e);
            exit.run();
            return;
        }
        while (true) {
            Exchange exchange;
            try {
                exchange = queue.take(() -> WarmUp.atRest(started));
            } catch (InterruptedException e) {
                return;
            }
            serve(exchange);
            queue.done();
        }
    }

    private void serve(Exchange exchange) {
        Handlers all = handlers;
        String type = exchange.request().type();
        if (all != null && !all.knows(type) && type.endsWith("_request")) {
            answer(exchange, Handlers::unknown);
        } else if (all == null || !all.knows(type)) {
            SystemStreams.processErr().println("[kernel] dropped a message of unknown type " + type);
        } else {
            answer(exchange, all::handle);
        }
    }

    /** Ends the session and closes the sockets, sending what is still to be sent. */
    @Override
    public void close() {
        worker.interrupt();
        Session ended = session;
        if (ended != null) {
            ended.close();
        }
        connection.close();
    }
}
