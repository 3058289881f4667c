package org.rewardlab.tensor;

import ai.djl.ndarray.NDArray;

/** Work on some rows of a vocabulary at a time: few enough for a cache, enough to keep a GPU busy. */
final class Slices {

    private static final long CPU_ELEMENTS = 1L << 19;
    private static final long GPU_ELEMENTS = 1L << 25;

    private Slices() {}

    /**
     * A script of {@code (logits (B,T,V), more, temperature, rows)} with one number for each token, (B,T).
     *
     * @param parameters what comes between the logits and the temperature, each with a comma after it
     * @param before what is made of these once
     * @param body appends to {@code found} the numbers of {@code z}, slice {@code i} of the logits by temperature
     */
    static Script script(String parameters, String before, String body) {
        return Script.of("""
                def each(self, logits: Tensor, PARAMETERStemperature: float, rows: int) -> Tensor:
                  slices = torch.split(torch.flatten(logits, 0, 1), rows, 0)
                BEFORE  found = annotate(List[Tensor], [])
                  for i in range(len(slices)):
                    z = slices[i]
                    if temperature != 1.:
                      z = torch.div(z, temperature)
                BODY  size = torch.size(logits)
                  return torch.reshape(torch.cat(found, 0), [size[0], size[1]])
                """.replace("PARAMETERS", parameters)
                .replace("BEFORE", before.indent(2))
                .replace("BODY", body.indent(4)));
    }

    /** Rows of the last dimension in one slice. */
    static Long rows(NDArray logits) {
        long vocabulary = Math.max(1, logits.getShape().get(2));
        return Math.max(1, (logits.getDevice().isGpu() ? GPU_ELEMENTS : CPU_ELEMENTS) / vocabulary);
    }
}
