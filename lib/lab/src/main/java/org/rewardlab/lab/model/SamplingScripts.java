package org.rewardlab.lab.model;

import org.rewardlab.tensor.Script;

/**
 * The sampling loop as TorchScript: one native call draws a whole chunk of tokens.
 *
 * <p>A token of a small model costs calls, not arithmetic. So its matrices are packed before the first token: those that
 * read the same states become one, which norm weights and adapters are multiplied into, and the two halves that a rotation
 * mixes lie side by side, as real and imaginary part. A large model, where a second copy of the matrices would count, is
 * sampled with its weights as they are.
 */
final class SamplingScripts {

    /**
     * The packed matrices of all layers: queries, keys and values (D,N); the attention's output; gate and up (D,2F);
     * down; and the bias of each, empty where there is none. Norm weights, adapters and sqrt(D) are multiplied in.
     */
    static final Script PACK = Script.of("""
            def pack(self, w: List[Tensor], lora: List[Tensor], scale: float, layers: int, heads: int, kv: int) -> List[Tensor]:
              packed = annotate(List[Tensor], [])
              root = torch.size(w[0], 1) ** 0.5
              for i in range(layers):
                at = 3 + 16 * i
                la = 14 * i
                g = torch.mul(w[at], root)
                q = self.pairs(torch.mul(self.merged(w[at + 1], lora, la, scale), g), heads)
                k = self.pairs(torch.mul(self.merged(w[at + 3], lora, la + 2, scale), g), kv)
                v = torch.mul(self.merged(w[at + 5], lora, la + 4, scale), g)
                packed.append(torch.t(torch.cat([q, k, v], 0)))
                packed.append(torch.cat([self.pairs(w[at + 2], heads), self.pairs(w[at + 4], kv), w[at + 6]], 0))
                packed.append(torch.t(self.merged(w[at + 7], lora, la + 6, scale)))
                packed.append(w[at + 12])
                g = torch.mul(w[at + 8], root)
                gate = torch.mul(self.merged(w[at + 9], lora, la + 8, scale), g)
                up = torch.mul(self.merged(w[at + 10], lora, la + 10, scale), g)
                packed.append(torch.t(torch.cat([gate, up], 0)))
                packed.append(torch.cat([w[at + 13], w[at + 14]], 0))
                packed.append(torch.t(self.merged(w[at + 11], lora, la + 12, scale)))
                packed.append(w[at + 15])
              return packed

            def merged(self, w: Tensor, lora: List[Tensor], at: int, scale: float) -> Tensor:
              if len(lora) > 0:
                if torch.numel(lora[at]) > 0:
                  return torch.add(w, torch.mul(torch.mm(lora[at + 1], lora[at]), scale))
              return w

            def pairs(self, w: Tensor, heads: int) -> Tensor:
              if torch.numel(w) == 0:
                return w
              halves = torch.reshape(w, [heads, 2, torch.floordiv(torch.size(w, 0), 2 * heads), -1])
              return torch.reshape(torch.transpose(halves, 1, 2), torch.size(w))
            """);

    /** How a row of packed weights is fed: states x (B*n,D), of which the last of each row is scored. */
    private static final String PACKED_STEP = """

            def packed_step(self, ids: Tensor, turns: Tensor, keep: Tensor, padded: bool, at: int, caches: List[Tensor], w: List[Tensor], packed: List[Tensor], layers: int, heads: int, kv: int, eps: float) -> Tensor:
              n = torch.size(ids, 1)
              rows = torch.size(ids, 0)
              width = torch.size(w[0], 1)
              x = torch.reshape(torch.embedding(w[0], ids), [rows * n, width])
              least = torch.new_full(x, [1], (width * eps) ** 0.5)
              turn = torch.narrow(turns, 1, at, n)
              every = heads + 2 * kv
              half = torch.size(turns, 3)
              length = at + n
              attend = annotate(Optional[Tensor], None)
              if padded or n > 1:
                attend = self.attended(keep, at, n)
              for i in range(layers):
                o0 = 8 * i
                h = torch.div(x, torch.hypot(torch.linalg_vector_norm(x, 2, [1], True), least))
                y = self.times(h, packed[o0], packed[o0 + 1])
                turned = torch.mul(torch.view_as_complex(torch.reshape(y, [rows, n, every, half, 2])), turn)
                z = torch.transpose(torch.reshape(torch.view_as_real(turned), [rows, n, every, 2 * half]), 1, 2)
                torch.copy_(torch.narrow(caches[i], 2, at, n), torch.narrow(z, 1, heads, 2 * kv))
                read = torch.narrow(caches[i], 2, 0, length)
                o = torch.scaled_dot_product_attention(torch.narrow(z, 1, 0, heads), torch.narrow(read, 1, 0, kv), torch.narrow(read, 1, kv, kv), attend, 0., False, scale=None, enable_gqa=heads != kv)
                o = torch.reshape(torch.transpose(o, 1, 2), [rows * n, -1])
                x = torch.addmm(x, o, packed[o0 + 2])
                if torch.numel(packed[o0 + 3]) > 0:
                  x = torch.add(x, packed[o0 + 3])
                h = torch.div(x, torch.hypot(torch.linalg_vector_norm(x, 2, [1], True), least))
                gate, up = torch.chunk(self.times(h, packed[o0 + 4], packed[o0 + 5]), 2, 1)
                x = torch.addmm(x, torch.mul(torch.silu(gate), up), packed[o0 + 6])
                if torch.numel(packed[o0 + 7]) > 0:
                  x = torch.add(x, packed[o0 + 7])
              if n > 1:
                x = torch.select(torch.reshape(x, [rows, n, width]), 1, n - 1)
              return self.head(self.norm(x, w[1], eps), w)

            def times(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
              if torch.numel(b) > 0:
                return torch.addmm(b, x, w)
              return torch.mm(x, w)
            """;

    private static final String STEP = """

            def attended(self, keep: Tensor, at: int, n: int) -> Tensor:
              attend = torch.narrow(keep, 3, 0, at + n)
              if n > 1:
                rows = torch.unsqueeze(torch.arange(at, at + n), 1)
                columns = torch.unsqueeze(torch.arange(0, at + n), 0)
                attend = torch.logical_and(attend, torch.le(columns, rows))
              return attend

            def step(self, ids: Tensor, turns: Tensor, keep: Tensor, at: int, caches: List[Tensor], w: List[Tensor], lora: List[Tensor], scale: float, layers: int, heads: int, kv: int, eps: float) -> Tensor:
              x = torch.embedding(w[0], ids)
              n = torch.size(ids, 1)
              length = at + n
              attend = self.attended(keep, at, n)
              half = torch.size(turns, 3)
              turn = torch.transpose(torch.view_as_real(torch.narrow(torch.narrow(turns, 1, at, n), 2, 0, 1)), 1, 2)
              cos = torch.select(turn, -1, 0)
              sin = torch.select(turn, -1, 1)
              for i in range(layers):
                o0 = 3 + 16 * i
                la = 14 * i
                h = self.norm(x, w[o0], eps)
                q = self.rotate(self.split(self.project(h, w[o0 + 1], w[o0 + 2], lora, la, scale), heads), cos, sin)
                k = self.rotate(self.split(self.project(h, w[o0 + 3], w[o0 + 4], lora, la + 2, scale), kv), cos, sin)
                v = self.split(self.project(h, w[o0 + 5], w[o0 + 6], lora, la + 4, scale), kv)
                torch.copy_(torch.narrow(caches[i], 2, at, n), torch.cat([k, v], 1))
                read = torch.narrow(caches[i], 2, 0, length)
                o = torch.scaled_dot_product_attention(q, torch.narrow(read, 1, 0, kv), torch.narrow(read, 1, kv, kv), attend, 0., False, scale=None, enable_gqa=heads != kv)
                o = torch.reshape(torch.transpose(o, 1, 2), [torch.size(x, 0), n, -1])
                x = torch.add(x, self.project(o, w[o0 + 7], w[o0 + 12], lora, la + 6, scale))
                x = self.feed(x, w, o0, lora, la, scale, eps)
              last = self.norm(torch.select(x, 1, n - 1), w[1], eps)
              return self.head(last, w)
            """;

    private static final String DRAW = """

            def chosen(self, choice: Tensor, p: Tensor, same: bool, u: Tensor, filters: List[float]) -> Tensor:
              top_k = int(filters[1])
              top_p = filters[2]
              min_p = filters[3]
              q = p
              if not same:
                q = torch.softmax(choice, -1)
              if min_p > 0.:
                q = torch.where(torch.ge(q, torch.mul(torch.amax(q, [-1], True), min_p)), q, torch.zeros_like(q))
              last = torch.size(q, -1) - 1
              if top_k > 0 or top_p < 1.:
                ordered, index = torch.sort(q, -1, True)
                if top_k > 0 and top_k < torch.size(q, -1):
                  torch.zero_(torch.narrow(ordered, -1, top_k, torch.size(q, -1) - top_k))
                if top_p < 1.:
                  mass = torch.sum(ordered, [-1], True)
                  before = torch.sub(torch.cumsum(ordered, -1), ordered)
                  ordered = torch.where(torch.lt(before, torch.mul(mass, top_p)), ordered, torch.zeros_like(ordered))
                cumulative = torch.cumsum(ordered, -1)
                rank = torch.sum(torch.le(cumulative, torch.mul(u, torch.narrow(cumulative, -1, last, 1))), [-1], True)
                rank = torch.minimum(rank, torch.sub(torch.sum(torch.gt(ordered, 0), [-1], True), 1))
                return torch.gather(index, 1, rank)
              cumulative = torch.cumsum(q, -1)
              below = torch.le(cumulative, torch.mul(u, torch.narrow(cumulative, -1, last, 1)))
              return torch.clamp_max(torch.sum(below, [-1], True), last)

            def draw(self, logits: Tensor, u: Tensor, seen: Tensor, filters: List[float]) -> List[Tensor]:
              temperature = filters[0]
              penalty = filters[4]
              z = logits
              if temperature > 0. and temperature != 1.:
                z = torch.div(logits, temperature)
              logp = torch.log_softmax(z, -1)
              p = torch.exp(logp)
              choice = z
              if penalty != 1.:
                punished = torch.where(torch.gt(logits, 0), torch.div(logits, penalty), torch.mul(logits, penalty))
                choice = torch.where(torch.gt(seen, 0), punished, logits)
                if temperature > 0.:
                  choice = torch.div(choice, temperature)
              if temperature <= 0.:
                token = torch.argmax(choice, -1, True)
              else:
                token = self.chosen(choice, p, penalty == 1., u, filters)
              return [token, torch.gather(logp, 1, token), torch.sum(torch.special_entr(p), [-1], True)]
            """;

    /**
     * One chunk of a sampling loop: feeds T tokens that stand at columns start.. of the caches, then draws up to {@code
     * steps} tokens one by one, each from one uniform number.
     *
     * <p>turns: rotations (B,L,heads+2kv,headSize/2), complex, 1 for values. caches: keys and values of each layer
     * (B,2kv,L,headSize), changed in place, as are the counts of tokens seen (B,V). filters: temperature, top k, top p,
     * min p, repetition penalty, padding token. Returns the tokens (B,n), log-probabilities (B,n), entropies (B,n), and which
     * rows have stopped (B,1).
     */
    static final Script SAMPLE = Script.of("""
            def sample(self, ids: Tensor, turns: Tensor, keep: Tensor, padded: bool, start: int, caches: List[Tensor], uniform: Tensor, done: Tensor, seen: Tensor, stops: Tensor, settings: List[Tensor], w: List[Tensor], packed: List[Tensor], lora: List[Tensor], scale: float, layers: int, heads: int, kv: int, eps: float) -> List[Tensor]:
              filters = annotate(List[float], [])
              for setting in settings:
                filters.append(float(setting))
              pad = int(filters[5])
              ends = torch.numel(stops) > 0
              tokens = annotate(List[Tensor], [])
              logps = annotate(List[Tensor], [])
              entropies = annotate(List[Tensor], [])
              current = ids
              at = start
              steps = torch.size(uniform, 1)
              i = 0
              running = True
              while running:
                if len(packed) > 0:
                  logits = self.packed_step(current, turns, keep, padded, at, caches, w, packed, layers, heads, kv, eps)
                else:
                  logits = self.step(current, turns, keep, at, caches, w, lora, scale, layers, heads, kv, eps)
                at = at + torch.size(current, 1)
                token, logp, entropy = self.draw(logits, torch.narrow(uniform, 1, i, 1), seen, filters)
                i = i + 1
                running = i < steps
                if ends:
                  token = torch.masked_fill(token, done, pad)
                  logp = torch.masked_fill(logp, done, 0)
                  entropy = torch.masked_fill(entropy, done, 0)
                  done = torch.logical_or(done, torch.any(torch.eq(token, stops), 1, True))
                  if bool(torch.all(done)):
                    running = False
                if filters[4] != 1.:
                  torch.scatter_add_(seen, 1, token, torch.ones_like(token, dtype=6))
                tokens.append(token)
                logps.append(logp)
                entropies.append(entropy)
                current = token
              drawn = torch.cat(tokens, 1)
              if filters[4] == 1.:
                torch.scatter_add_(seen, 1, drawn, torch.ones_like(drawn, dtype=6))
              return [drawn, torch.cat(logps, 1), torch.cat(entropies, 1), done]
            """ + DRAW + STEP + PACKED_STEP + TransformerScripts.BLOCK);

    private SamplingScripts() {}
}
