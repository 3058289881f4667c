package org.rewardlab.lab.experiment;

import java.util.List;
import java.util.concurrent.Callable;
import org.rewardlab.lab.display.Display;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.Scope;

/** One arm with one seed, ready to go. */
record RunTask<A>(String label, A arm, int index, long seed, Run<A> run, boolean tensors)
        implements Callable<List<RunLog.Row>> {

    /** A thread records for differentiation unless told not to: a run starts with that off, and its arrays end with it. */
    @Override
    public List<RunLog.Row> call() {
        RunLog log = new RunLog();
        try {
            if (tensors) {
                try (GradientMode paused = GradientMode.paused();
                        Scope scope = Scope.open()) {
                    quietly(log);
                }
            } else {
                quietly(log);
            }
        } catch (InterruptedRun e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedRun("the run was interrupted");
        } catch (Exception | AssertionError | StackOverflowError e) {
            throw new FailedRun(label, index, seed, e);
        }
        return log.finish();
    }

    /** The experiment has its own bar; those of forty runs would hide it. */
    private void quietly(RunLog log) throws Exception {
        Display.quietly(() -> {
            run.run(arm, seed, log);
            return log;
        });
    }
}
