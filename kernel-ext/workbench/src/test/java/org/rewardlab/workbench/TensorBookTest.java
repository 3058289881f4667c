package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A chapter in the manner of the public books on deep learning with DJL: versions of DJL that are not ours, some thirty
 * star imports from a helper notebook, DJL's own gradient collector and trainer. Our imports must not get into its way.
 */
class TensorBookTest {

    private static final String IMPORTS = """
            import ai.djl.*;
            import ai.djl.engine.*;
            import ai.djl.inference.*;
            import ai.djl.metric.*;
            import ai.djl.modality.*;
            import ai.djl.modality.cv.*;
            import ai.djl.ndarray.*;
            import ai.djl.ndarray.index.*;
            import ai.djl.ndarray.types.*;
            import ai.djl.nn.*;
            import ai.djl.nn.core.*;
            import ai.djl.nn.norm.*;
            import ai.djl.nn.recurrent.*;
            import ai.djl.repository.zoo.*;
            import ai.djl.training.*;
            import ai.djl.training.dataset.*;
            import ai.djl.training.evaluator.*;
            import ai.djl.training.initializer.*;
            import ai.djl.training.listener.*;
            import ai.djl.training.loss.*;
            import ai.djl.training.optimizer.*;
            import ai.djl.training.tracker.*;
            import ai.djl.training.util.*;
            import ai.djl.translate.*;
            import ai.djl.util.*;
            import java.nio.file.*;
            import java.util.function.*;
            """;

    @TempDir
    private Path folder;

    @Test
    void aChapterWithDjlsOwnCollectorAndTrainerRuns() throws IOException {
        NotebookFiles.write(
                folder.resolve("utils/tensor-imports.ipynb"),
                "%maven ai.djl:api:0.20.0\n%maven org.slf4j:slf4j-simple:1.7.36",
                IMPORTS,
                "String limit = System.getenv(\"NO_SUCH_LIMIT\");\nif (limit != null) {\n    System.setProperty(\"limit\", limit);\n}");
        Path chapter = Files.createDirectories(folder.resolve("chapter_linear"));
        try (TestNotebook notebook = new TestNotebook(chapter)) {
            notebook.run("%load ../utils/tensor-imports");
            notebook.run("""
                    NDManager books = NDManager.newBaseManager();
                    NDArray trueW = books.create(new float[] {2f, -3.4f});
                    float trueB = 4.2f;
                    NDArray features = books.randomNormal(0, 1, new Shape(64, 2), DataType.FLOAT32);
                    NDArray labels = features.matMul(trueW).add(trueB);""");
            notebook.run("""
                    NDArray w = books.zeros(new Shape(2, 1));
                    w.setRequiresGradient(true);
                    float before = 0, after = 0;
                    for (int epoch = 0; epoch < 20; epoch++) {
                        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                            NDArray error = features.matMul(w).add(trueB).sub(labels.reshape(-1, 1));
                            NDArray loss = error.mul(error).mean();
                            after = loss.getFloat();
                            if (epoch == 0) before = after;
                            collector.backward(loss);
                        }
                        w.subi(w.getGradient().mul(0.1f));
                        w.getGradient().subi(w.getGradient()); // this version of DJL adds gradients up
                    }""");
            assertThat(number(notebook, "after")).isLessThan(number(notebook, "before") / 100);
            notebook.run("""
                    ArrayDataset dataset = new ArrayDataset.Builder().setData(features).optLabels(labels).setSampling(16, false).build();
                    Model model = Model.newInstance("lin-reg");
                    SequentialBlock net = new SequentialBlock();
                    net.add(Linear.builder().optBias(true).setUnits(1).build());
                    model.setBlock(net);
                    Optimizer sgd = Optimizer.sgd().setLearningRateTracker(Tracker.fixed(0.1f)).build();
                    DefaultTrainingConfig config = new DefaultTrainingConfig(Loss.l2Loss())
                        .optOptimizer(sgd).addEvaluator(new Accuracy());
                    Trainer trainer = model.newTrainer(config);
                    trainer.initialize(new Shape(16, 2));
                    trainer.setMetrics(new Metrics());
                    for (int epoch = 1; epoch <= 8; epoch++) {
                        for (Batch batch : trainer.iterateDataset(dataset)) {
                            EasyTrain.trainBatch(trainer, batch);
                            trainer.step();
                            batch.close();
                        }
                        trainer.notifyListeners(listener -> listener.onEpoch(trainer));
                    }
                    Block layer = model.getBlock();
                    ParameterList parameters = layer.getParameters();
                    float bias = parameters.valueAt(1).getArray().getFloat(0);""");
            assertThat(number(notebook, "bias")).isBetween(3.7f, 4.7f);
            notebook.run(
                    "%%time\nNDArray y = features.get(new NDIndex(\"0:2, :\"));\nSystem.out.println(y.getShape());");
            assertThat(notebook.run("y").results()).hasSize(1);
        }
    }

    private static float number(TestNotebook notebook, String variable) {
        return ((Number) Objects.requireNonNull(notebook.value(variable), variable)).floatValue();
    }
}
