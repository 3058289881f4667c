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

    private static final String BLOCK = """

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

    /**
     * One chunk of a sampling loop: feeds T tokens that stand at columns start.. of the cache, then draws up to
     * {@code steps} tokens one by one, each from one uniform number.
     *
     * <p>Returns the tokens (B,n), log-probabilities (B,n), entropies (B,n), which rows have stopped (B), and how often each
     * token has been seen (B,V) for the repetition penalty.
     */
    static final Script SAMPLE = Script.of("""
            def sample(self, ids: Tensor, cos: Tensor, sin: Tensor, keep: Tensor, start: int, caches: List[Tensor], uniform: Tensor, done: Tensor, seen: Tensor, stops: Tensor, filters: List[Tensor], w: List[Tensor], lora: List[Tensor], scale: float, layers: int, heads: int, kv: int, eps: float) -> List[Tensor]:
              tokens = annotate(List[Tensor], [])
              logps = annotate(List[Tensor], [])
              entropies = annotate(List[Tensor], [])
              current = ids
              at = start
              steps = torch.size(uniform, 1)
              i = 0
              running = True
              while running:
                n = torch.size(current, 1)
                logits = self.step(current, torch.narrow(cos, 2, at, n), torch.narrow(sin, 2, at, n), keep, at, caches, w, lora, scale, layers, heads, kv, eps)
                at = at + n
                drawn = self.draw(logits, torch.select(uniform, 1, i), done, seen, filters)
                token = drawn[0]
                tokens.append(token)
                logps.append(drawn[1])
                entropies.append(drawn[2])
                torch.scatter_add_(seen, 1, torch.unsqueeze(token, 1), torch.ones([torch.size(seen, 0), 1], dtype=6))
                if torch.numel(stops) > 0:
                  hit = torch.any(torch.eq(torch.unsqueeze(token, 1), torch.unsqueeze(stops, 0)), 1)
                  done = torch.logical_or(done, hit)
                current = torch.unsqueeze(token, 1)
                i = i + 1
                running = i < steps
                if bool(torch.all(done)):
                  running = False
              return [torch.stack(tokens, 1), torch.stack(logps, 1), torch.stack(entropies, 1), done, seen]

            def step(self, ids: Tensor, cos: Tensor, sin: Tensor, keep: Tensor, at: int, caches: List[Tensor], w: List[Tensor], lora: List[Tensor], scale: float, layers: int, heads: int, kv: int, eps: float) -> Tensor:
              x = torch.embedding(w[0], ids)
              n = torch.size(ids, 1)
              length = at + n
              attend = torch.narrow(keep, 3, 0, length)
              if n > 1:
                rows = torch.unsqueeze(torch.arange(at, length), 1)
                columns = torch.unsqueeze(torch.arange(0, length), 0)
                attend = torch.logical_and(attend, torch.le(columns, rows))
              for i in range(layers):
                o0 = 3 + 16 * i
                la = 14 * i
                h = self.norm(x, w[o0], eps)
                q = self.rotate(self.split(self.project(h, w[o0 + 1], w[o0 + 2], lora, la, scale), heads), cos, sin)
                k = self.rotate(self.split(self.project(h, w[o0 + 3], w[o0 + 4], lora, la + 2, scale), kv), cos, sin)
                v = self.split(self.project(h, w[o0 + 5], w[o0 + 6], lora, la + 4, scale), kv)
                torch.copy_(torch.narrow(caches[2 * i], 2, at, n), k)
                torch.copy_(torch.narrow(caches[2 * i + 1], 2, at, n), v)
                o = torch.scaled_dot_product_attention(q, torch.narrow(caches[2 * i], 2, 0, length), torch.narrow(caches[2 * i + 1], 2, 0, length), attend, 0., False, scale=None, enable_gqa=heads != kv)
                o = torch.reshape(torch.transpose(o, 1, 2), [torch.size(x, 0), n, -1])
                x = torch.add(x, self.project(o, w[o0 + 7], w[o0 + 12], lora, la + 6, scale))
                x = self.feed(x, w, o0, lora, la, scale, eps)
              last = self.norm(torch.select(x, 1, n - 1), w[1], eps)
              return self.head(last, w)

            def draw(self, logits: Tensor, u: Tensor, done: Tensor, seen: Tensor, filters: List[Tensor]) -> List[Tensor]:
              temperature = float(filters[0])
              top_k = int(filters[1])
              top_p = float(filters[2])
              min_p = float(filters[3])
              penalty = float(filters[4])
              pad = int(filters[5])
              z = logits
              if temperature > 0.:
                z = torch.div(logits, temperature)
              logp = torch.log_softmax(z, -1)
              p = torch.exp(logp)
              entropy = torch.neg(torch.sum(torch.mul(p, torch.where(torch.gt(p, 0), logp, torch.zeros_like(logp))), [-1]))
              choice = z
              if penalty != 1.:
                punished = torch.where(torch.gt(logits, 0), torch.div(logits, penalty), torch.mul(logits, penalty))
                raw = torch.where(torch.gt(seen, 0), punished, logits)
                choice = raw
                if temperature > 0.:
                  choice = torch.div(raw, temperature)
              if temperature <= 0.:
                token = torch.argmax(choice, -1)
              else:
                q = torch.softmax(choice, -1)
                if min_p > 0.:
                  q = torch.where(torch.ge(q, torch.mul(torch.amax(q, [-1], True), min_p)), q, torch.zeros_like(q))
                if top_k > 0 or top_p < 1.:
                  ordered, index = torch.sort(q, -1, True)
                  if top_k > 0 and top_k < torch.size(q, -1):
                    torch.zero_(torch.narrow(ordered, -1, top_k, torch.size(q, -1) - top_k))
                  if top_p < 1.:
                    mass = torch.sum(ordered, [-1], True)
                    before = torch.sub(torch.cumsum(ordered, -1), ordered)
                    ordered = torch.where(torch.lt(before, torch.mul(mass, top_p)), ordered, torch.zeros_like(ordered))
                  cumulative = torch.cumsum(ordered, -1)
                  target = torch.mul(torch.unsqueeze(u, 1), torch.narrow(cumulative, -1, torch.size(q, -1) - 1, 1))
                  rank = torch.sum(torch.le(cumulative, target), [-1], True)
                  rank = torch.minimum(rank, torch.sub(torch.sum(torch.gt(ordered, 0), [-1], True), 1))
                  token = torch.squeeze(torch.gather(index, 1, rank), 1)
                else:
                  cumulative = torch.cumsum(q, -1)
                  target = torch.mul(torch.unsqueeze(u, 1), torch.narrow(cumulative, -1, torch.size(q, -1) - 1, 1))
                  token = torch.clamp_max(torch.sum(torch.le(cumulative, target), [-1]), torch.size(q, -1) - 1)
              chosen = torch.squeeze(torch.gather(logp, 1, torch.unsqueeze(token, 1)), 1)
              token = torch.where(done, torch.full_like(token, pad), token)
              chosen = torch.where(done, torch.zeros_like(chosen), chosen)
              entropy = torch.where(done, torch.zeros_like(entropy), entropy)
              return [token, chosen, entropy]
            """ + BLOCK);

    private TransformerScripts() {}
}
