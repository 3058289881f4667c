package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Parameters;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * A transformer that classifies tokens, on a copy of a language model: a process reward model, whose classes are wrong and
 * right. The head starts at 0, so that all classes are equally likely.
 */
public final class TokenHead implements AutoCloseable {

    private static final Script CLASSES = Script.of("""
            def classes(self, states: Tensor, w: Tensor, b: Tensor) -> Tensor:
              return torch.linear(states, w, b)
            """);

    private final CausalLm body;
    private final Parameters head = Parameters.create();

    private TokenHead(CausalLm body, int classes) {
        this.body = body;
        int width = body.config().hiddenSize();
        try (NDManager manager = NDManager.newBaseManager()) {
            head.add("weight", Tensors.create(manager, new double[classes * width], body.dataType(), classes, width));
            head.add("bias", Tensors.create(manager, new double[classes], body.dataType(), classes));
        }
    }

    /**
     * A classifier on a copy of a language model.
     *
     * @param classes C, at least 2
     */
    public static TokenHead from(CausalLm model, int classes) {
        Check.atLeast("classes", classes, 2);
        return new TokenHead(model.copy().setTrainable(true), classes);
    }

    /** What training changes. */
    public List<NDArray> parameters() {
        List<NDArray> all = new ArrayList<>(body.parameters());
        all.addAll(head.list());
        return all;
    }

    /** The logits of the classes after each response token has been read (B,T,C). */
    public NDArray logits(SequenceBatch batch) {
        try (Scope scope = Scope.open()) {
            NDArray states = ResponseEnds.after(batch).atResponses(body.hidden(batch.ids()));
            return scope.keep(CLASSES.call(states, head.get("weight"), head.get("bias")));
        }
    }

    /** The transformer below the head. */
    public CausalLm body() {
        return body;
    }

    @Override
    public void close() {
        body.close();
        head.close();
    }
}
