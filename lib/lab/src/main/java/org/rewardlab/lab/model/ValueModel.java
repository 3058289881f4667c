package org.rewardlab.lab.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * A transformer with one linear unit on its hidden states: a critic (a value before each token) or a reward model (a score
 * after the last).
 *
 * <p>The unit starts at 0, so that values and scores do. The transformer is this model's own.
 */
public final class ValueModel implements AutoCloseable {

    private static final Script UNIT = Script.of("""
            def unit(self, states: Tensor, w: Tensor, b: Tensor) -> Tensor:
              return torch.add(torch.matmul(states, w), b)
            """);

    private static final Script LAST = Script.of("""
            def last(self, values: Tensor, at: Tensor) -> Tensor:
              return torch.squeeze(torch.gather(values, 1, torch.unsqueeze(at, 1)), 1)
            """);

    private final CausalLm body;
    private final NDArray weight;
    private final NDArray bias;

    private ValueModel(CausalLm body) {
        this.body = body;
        int width = body.config().hiddenSize();
        this.weight = Tensors.create(body.manager(), new double[width], body.dataType(), width);
        this.bias = Tensors.create(body.manager(), new double[1], body.dataType(), 1);
        NDScope.unregister(weight, bias);
        weight.setRequiresGradient(true);
        bias.setRequiresGradient(true);
    }

    /** A value model on a copy of a language model: what the policy knows is where the critic starts. */
    public static ValueModel from(CausalLm model) {
        return new ValueModel(model.copy().setTrainable(true));
    }

    /** What training changes. */
    public List<NDArray> parameters() {
        List<NDArray> all = new ArrayList<>(body.parameters());
        all.add(weight);
        all.add(bias);
        return all;
    }

    /** The value before each response token (B,T): what the state is worth in which that token was chosen. */
    public NDArray values(SequenceBatch batch) {
        try (Scope scope = Scope.open()) {
            return scope.keep(UNIT.call(batch.atResponses(body.hidden(batch.ids())), weight, bias));
        }
    }

    /**
     * One score a row (B), read at its last token.
     *
     * @param ids (B,L), padded on the right
     * @param lastTokens position of the last token of each row (B), int64
     */
    public NDArray scores(NDArray ids, NDArray lastTokens) {
        Check.shape("lastTokens", lastTokens, ids.getShape().get(0));
        try (Scope scope = Scope.open()) {
            return scope.keep(LAST.call(UNIT.call(body.hidden(ids), weight, bias), lastTokens));
        }
    }

    /** The transformer below the unit. */
    public CausalLm body() {
        return body;
    }

    @Override
    public void close() {
        body.close();
    }
}
