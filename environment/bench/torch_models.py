"""The transformer of the lab in PyTorch, on one thread, for the side-by-side benchmarks of models.

Arguments: a safetensors file with the weights that the other side drew too. Reads commands from standard input, one a
line, and answers each with one line of JSON; the first line of its own names PyTorch, Python, the matrix library and its
speed. What this PyTorch offers ready-made is used: fused attention, fused normalisation, the fused optimizer.
  loss                 the loss of the batch before any step     -> {"loss": number}
  greedy               the likeliest 8 tokens after the prompt   -> {"tokens": [...]}
  train N              N training steps                          -> {"wall": seconds, "cpu": seconds of this thread}
  sample ROWS TOKENS   samples that many tokens for each row     -> the same
"""

import json
import platform
import struct
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)

VOCABULARY, WIDTH, LAYERS, HEADS, ROWS, LENGTH = 64, 128, 4, 4, 32, 64
PROMPT = [3, 14, 15, 9, 26, 5, 35, 8]


def load(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = bytearray(file.read())
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            flat = torch.frombuffer(data[start:end], dtype=torch.float32).clone()
            weights[name] = torch.nn.Parameter(flat.reshape(entry["shape"]))
    return weights


def batch():
    """The ids that the other side draws too."""
    index = torch.arange(ROWS * (LENGTH + 1), dtype=torch.int64)
    return ((index * 7919 + 104729) % 10007 % VOCABULARY).reshape(ROWS, LENGTH + 1)


def matrix_library():
    """The library behind matrix products by its file's name, and how fast it multiplies on one thread, GFLOP/s."""
    with open("/proc/self/maps") as maps:
        files = {line.split("/")[-1].strip() for line in maps if "/" in line}
    named = sorted(file for file in files if file.startswith(("libopenblas", "libmkl", "libblis", "libblas")))
    built = "MKL in libtorch" if torch.backends.mkl.is_available() else "unnamed"
    size = 512
    a = torch.rand(size, size)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        a @ a
        best = min(best, time.perf_counter() - start)
    return ", ".join(named) or built, 2 * size**3 / best / 1e9


FUSED = hasattr(F, "rms_norm")


def norm(x, weight):
    if FUSED:
        return F.rms_norm(x, weight.shape, weight, 1e-5)
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * weight


def angles(positions):
    size = WIDTH // HEADS
    frequencies = 10000.0 ** (-torch.arange(0, size, 2, dtype=torch.float32) / size)
    turned = torch.arange(positions, dtype=torch.float32)[:, None] * frequencies
    return turned.cos(), turned.sin()


def rotate(x, cos, sin):
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], -1)


def heads(x):
    return x.reshape(x.shape[0], x.shape[1], HEADS, -1).transpose(1, 2)


class Model:
    def __init__(self, weights):
        self.weights = weights
        self.cos, self.sin = angles(256)
        self.layers = [
            {name[len(f"model.layers.{i}.") : -len(".weight")]: w for name, w in weights.items() if f"layers.{i}." in name}
            for i in range(LAYERS)
        ]

    def block(self, x, layer, cos, sin, blocked, cache=None, at=0):
        h = norm(x, layer["input_layernorm"])
        q = rotate(heads(F.linear(h, layer["self_attn.q_proj"])), cos, sin)
        k = rotate(heads(F.linear(h, layer["self_attn.k_proj"])), cos, sin)
        v = heads(F.linear(h, layer["self_attn.v_proj"]))
        if cache is not None:
            n = at + x.shape[1]
            cache[0][:, :, at:n].copy_(k)
            cache[1][:, :, at:n].copy_(v)
            k, v = cache[0][:, :, :n], cache[1][:, :, :n]
        if FUSED:
            mixed = F.scaled_dot_product_attention(q, k, v, is_causal=blocked is not None)
        else:
            scores = q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5
            if blocked is not None:
                scores = scores.masked_fill(blocked, float("-inf"))
            mixed = scores.softmax(-1) @ v
        x = x + F.linear(mixed.transpose(1, 2).reshape(x.shape), layer["self_attn.o_proj"])
        h = norm(x, layer["post_attention_layernorm"])
        gated = F.silu(F.linear(h, layer["mlp.gate_proj"])) * F.linear(h, layer["mlp.up_proj"])
        return x + F.linear(gated, layer["mlp.down_proj"])

    def logits(self, ids, caches=None, at=0):
        n = ids.shape[1]
        x = F.embedding(ids, self.weights["model.embed_tokens.weight"])
        blocked = torch.ones(n, n, dtype=torch.bool).triu(1) if n > 1 else None
        for i, layer in enumerate(self.layers):
            cache = None if caches is None else caches[i]
            x = self.block(x, layer, self.cos[at : at + n], self.sin[at : at + n], blocked, cache, at)
        if caches is not None:
            x = x[:, -1:]
        return F.linear(norm(x, self.weights["model.norm.weight"]), self.weights["model.embed_tokens.weight"])

    def loss(self, ids):
        return F.cross_entropy(self.logits(ids[:, :-1]).reshape(-1, VOCABULARY), ids[:, 1:].reshape(-1))

    @torch.inference_mode()
    def sample(self, rows, tokens, greedy=False):
        room = len(PROMPT) + tokens
        size = WIDTH // HEADS
        caches = [[torch.zeros(rows, HEADS, room, size) for _ in range(2)] for _ in range(LAYERS)]
        current, at, drawn = torch.tensor([PROMPT] * rows), 0, []
        for _ in range(tokens):
            logps = self.logits(current, caches, at)[:, -1].log_softmax(-1)
            at += current.shape[1]
            probabilities = logps.exp()
            current = logps.argmax(-1, True) if greedy else torch.multinomial(probabilities, 1)
            # what the other side returns as well: log-probability and entropy of each token
            drawn.append((current, logps.gather(1, current), -(probabilities * logps).sum(-1)))
        return torch.cat([one[0] for one in drawn], 1)


def timed(work, count):
    wall, cpu = time.perf_counter(), time.thread_time()
    for _ in range(count):
        work()
    return {"wall": time.perf_counter() - wall, "cpu": time.thread_time() - cpu}


def main():
    model = Model(load(sys.argv[1]))
    ids = batch()
    options = {"fused": True} if FUSED else {}
    optimizer = torch.optim.AdamW(model.weights.values(), lr=1e-3, weight_decay=0.0, **options)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = model.loss(ids)
        loss.backward()
        optimizer.step()
        return loss.item()

    library, speed = matrix_library()
    about = {"torch": torch.__version__, "python": platform.python_version(), "blas": library, "gflops": round(speed)}
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "loss":
            answer = {"loss": model.loss(ids).item()}
        elif words[0] == "greedy":
            answer = {"tokens": model.sample(1, 8, greedy=True)[0].tolist()}
        elif words[0] == "train":
            answer = timed(step, int(words[1]))
        else:
            answer = timed(lambda: model.sample(int(words[1]), int(words[2])), 1)
        print(json.dumps(answer), flush=True)


main()
