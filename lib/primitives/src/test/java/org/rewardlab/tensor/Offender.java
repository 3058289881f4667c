package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.nio.file.Path;

/** Breaks every rule of {@link TensorRulesTest}; never run. */
@SuppressWarnings("unused")
final class Offender {

    private Offender() {}

    static NDArray wraps(NDArray array, NDManager manager) {
        manager.create(new float[] {1});
        return array.mul(2f);
    }

    static void trains(GradientCollector collector, NDArray loss) {
        collector.backward(loss);
        loss.detach();
        JniUtils.setGradMode(true);
    }

    static NDArray draws(NDManager manager) {
        return manager.zeros(manager.randomNormal(null).getShape(), DataType.BFLOAT16);
    }

    static void looksAround(JsonNode json, Path path, File file) {
        System.out.println(json + " " + path + file + System.nanoTime());
    }
}
