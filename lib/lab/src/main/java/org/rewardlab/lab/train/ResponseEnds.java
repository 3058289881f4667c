package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.tensor.Script;

/** Where reward models look: after tokens have been read, not before. */
final class ResponseEnds {
    private static final Script NEXT = Script.of("""
            def next(self, places: Tensor, mask: Tensor) -> Tensor:
              return torch.where(torch.ne(mask, 0), torch.add(places, 1), places)
            """);

    private static final Script LAST = Script.of("""
            def last(self, values: Tensor, mask: Tensor) -> Tensor:
              at = torch.sub(torch.to(torch.sum(mask, [1], True), 4), 1)
              return torch.squeeze(torch.gather(values, 1, at), 1)
            """);

    private ResponseEnds() {}

    /** The same rows, with each response token's own position in place of the one that predicts it. */
    static SequenceBatch after(SequenceBatch batch) {
        return new SequenceBatch(batch.ids(), NEXT.call(batch.places(), batch.mask()), batch.mask());
    }

    /** The value (B) at the last response token of each row of values (B,T). */
    static NDArray last(NDArray values, NDArray mask) {
        return LAST.call(values, mask);
    }
}
