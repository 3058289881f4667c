package org.rewardlab.lab.model;

import org.rewardlab.tensor.Script;

/**
 * The transformer as TorchScript: RMSNorm, rotary positions, grouped-query attention, SwiGLU.
 *
 * <p>Weights come as one list: embedding, final norm, head (empty if tied), then for each layer those of {@link
 * #PER_LAYER}; biases that a model lacks are empty tensors. Low-rank adapters come as a second list, empty or with a pair
 * (A, B) for each of the seven matrices of each layer, again with empty tensors where there is none.
 */
final class TransformerScripts {

    /** Weights before the first layer: embedding, final norm, head. */
    static final int GLOBAL = 3;

    /** Weights of a layer, in order, as Hugging Face names them; the names of absent ones hold empty tensors. */
    static final String[] PER_LAYER = {
        "input_layernorm.weight",
        "self_attn.q_proj.weight",
        "self_attn.q_proj.bias",
        "self_attn.k_proj.weight",
        "self_attn.k_proj.bias",
        "self_attn.v_proj.weight",
        "self_attn.v_proj.bias",
        "self_attn.o_proj.weight",
        "post_attention_layernorm.weight",
        "mlp.gate_proj.weight",
        "mlp.up_proj.weight",
        "mlp.down_proj.weight",
        "self_attn.o_proj.bias",
        "mlp.gate_proj.bias",
        "mlp.up_proj.bias",
        "mlp.down_proj.bias"
    };

    /** The matrices that may have an adapter, in the order of the adapter list. */
    static final String[] ADAPTED = {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};

    static final String BLOCK = """

            def project(self, x: Tensor, w: Tensor, b: Tensor, lora: List[Tensor], at: int, scale: float) -> Tensor:
              if torch.numel(b) > 0:
                y = torch.linear(x, w, b)
              else:
                y = torch.linear(x, w)
              if len(lora) > 0:
                if torch.numel(lora[at]) > 0:
                  y = torch.add(y, torch.mul(torch.linear(torch.linear(x, lora[at]), lora[at + 1]), scale))
              return y

            def norm(self, x: Tensor, w: Tensor, eps: float) -> Tensor:
              return torch.rms_norm(x, [torch.size(w, 0)], w, eps)

            def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
              half = torch.floordiv(torch.size(x, -1), 2)
              a = torch.narrow(x, -1, 0, half)
              b = torch.narrow(x, -1, half, half)
              return torch.cat([torch.sub(torch.mul(a, cos), torch.mul(b, sin)), torch.add(torch.mul(b, cos), torch.mul(a, sin))], -1)

            def split(self, x: Tensor, heads: int) -> Tensor:
              return torch.transpose(torch.reshape(x, [torch.size(x, 0), torch.size(x, 1), heads, -1]), 1, 2)

            def feed(self, x: Tensor, w: List[Tensor], at: int, lora: List[Tensor], la: int, scale: float, eps: float) -> Tensor:
              h = self.norm(x, w[at + 8], eps)
              gate = torch.silu(self.project(h, w[at + 9], w[at + 13], lora, la + 8, scale))
              up = self.project(h, w[at + 10], w[at + 14], lora, la + 10, scale)
              return torch.add(x, self.project(torch.mul(gate, up), w[at + 11], w[at + 15], lora, la + 12, scale))

            def head(self, x: Tensor, w: List[Tensor]) -> Tensor:
              out = w[2]
              if torch.numel(out) == 0:
                out = w[0]
              return torch.linear(x, out)
            """;

    /**
     * Hidden states (B,T,D) after the final norm, of whole sequences.
     *
     * <p>cos and sin: (T, headSize/2) or (B,1,T,headSize/2). attend: (B,1,T,T) booleans, or empty for plain causal
     * attention over sequences padded on the right.
     */
    static final Script HIDDEN = Script.of("""
            def hidden(self, ids: Tensor, cos: Tensor, sin: Tensor, attend: Tensor, w: List[Tensor], lora: List[Tensor], scale: float, layers: int, heads: int, kv: int, eps: float) -> Tensor:
              x = torch.embedding(w[0], ids)
              for i in range(layers):
                at = 3 + 16 * i
                la = 14 * i
                h = self.norm(x, w[at], eps)
                q = self.rotate(self.split(self.project(h, w[at + 1], w[at + 2], lora, la, scale), heads), cos, sin)
                k = self.rotate(self.split(self.project(h, w[at + 3], w[at + 4], lora, la + 2, scale), kv), cos, sin)
                v = self.split(self.project(h, w[at + 5], w[at + 6], lora, la + 4, scale), kv)
                if torch.numel(attend) > 0:
                  o = torch.scaled_dot_product_attention(q, k, v, attend, 0., False, scale=None, enable_gqa=heads != kv)
                else:
                  o = torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=None, enable_gqa=heads != kv)
                o = torch.reshape(torch.transpose(o, 1, 2), [torch.size(x, 0), torch.size(x, 1), -1])
                x = torch.add(x, self.project(o, w[at + 7], w[at + 12], lora, la + 6, scale))
                x = self.feed(x, w, at, lora, la, scale, eps)
              return self.norm(x, w[1], eps)
            """ + BLOCK);

    /** Logits (B,T,V) of hidden states. */
    static final Script HEAD = Script.of("""
            def logits(self, x: Tensor, w: List[Tensor]) -> Tensor:
              return self.head(x, w)
            """ + BLOCK);

    private TransformerScripts() {}
}
