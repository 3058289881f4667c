"""The same work in PyTorch, on one thread, for the side-by-side benchmarks of the primitives.

Reads commands from standard input, one a line, and answers each with one line of JSON:
  setup NAME          builds the inputs, runs every variant once      -> {"variants": {variant: a number to compare}}
  run NAME VARIANT N  runs a variant N times                          -> {"wall": seconds, "cpu": seconds of this thread}
  drop NAME           forgets the inputs                              -> {}
"""

import json
import platform
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def numbers(salt, *shape, low=0.0, high=1.0):
    """The numbers that the other side draws too: exact in 64-bit integers, then scaled."""
    count = 1
    for size in shape:
        count *= size
    index = torch.arange(count, dtype=torch.int64)
    unit = ((index * (7919 + 2 * salt) + salt * 104729) % 10007).to(torch.float64) / 10007
    return (low + (high - low) * unit).to(torch.float32).reshape(shape)


def mask_of(rows, tokens):
    """Right-padded rows of falling lengths, the first one full."""
    mask = torch.zeros(rows, tokens)
    for row in range(rows):
        mask[row, : tokens - (row * tokens) // (2 * rows)] = 1
    return mask


def masked_mean(values, mask):
    return (values * mask).sum() / (mask.sum() + 1e-8)


def leaf(tensor):
    return tensor.clone().requires_grad_(True)


def graded(leaves, compute):
    """Forward, backward, and the first gradient's sum beside the loss as the number to compare."""

    def run():
        for one in leaves:
            one.grad = None
        loss = compute()
        loss.backward()
        return loss

    return run


def dpo():
    b = 64
    pc, pr = leaf(numbers(1, b, low=-60, high=-20)), leaf(numbers(2, b, low=-60, high=-20))
    rc, rr = numbers(3, b, low=-60, high=-20), numbers(4, b, low=-60, high=-20)

    def plain():
        return -F.logsigmoid(0.1 * ((pc - rc) - (pr - rr))).mean()

    def metrics():
        loss = plain()
        chosen, rejected = 0.1 * (pc - rc).detach(), 0.1 * (pr - rr).detach()
        torch.stack([chosen.mean(), rejected.mean(), (chosen > rejected).float().mean(), (chosen - rejected).mean(),
                     pc.detach().mean(), pr.detach().mean()])
        return loss

    return {"loss": graded([pc, pr], plain), "loss and metrics": graded([pc, pr], metrics)}


def kto():
    b = 64
    lp, ref = leaf(numbers(1, b, low=-60, high=-20)), numbers(2, b, low=-60, high=-20)
    lk, rk = numbers(3, b, low=-60, high=-20), numbers(4, b, low=-60, high=-20)
    labels = (torch.arange(b) % 2 == 0).float()

    def plain():
        kl = (lk - rk).mean().clamp(min=0).detach()
        return (1 - torch.sigmoid(0.1 * (2 * labels - 1) * ((lp - ref) - kl))).mean()

    def metrics():
        loss = plain()
        rewards = 0.1 * (lp - ref).detach()
        good, bad = labels.sum().clamp(min=1), (1 - labels).sum().clamp(min=1)
        chosen, rejected = (rewards * labels).sum() / good, (rewards * (1 - labels)).sum() / bad
        torch.stack([chosen, rejected, chosen - rejected, (lp.detach() * labels).sum() / good,
                     (lp.detach() * (1 - labels)).sum() / bad])
        return loss

    return {"loss": graded([lp], plain), "loss and metrics": graded([lp], metrics)}


def bradley_terry():
    b = 256
    c, r = leaf(numbers(1, b, low=-3, high=3)), leaf(numbers(2, b, low=-3, high=3))

    def plain():
        return -F.logsigmoid(c - r).mean()

    def metrics():
        loss = plain()
        dc, dr = c.detach(), r.detach()
        both = torch.cat([dc, dr])
        torch.stack([(dc > dr).float().mean(), (dc - dr).mean(), both.min(), both.mean(), both.max()])
        return loss

    return {"loss": graded([c, r], plain), "loss and metrics": graded([c, r], metrics)}


def policy_inputs():
    rows, tokens = 16, 256
    old = numbers(1, rows, tokens, low=-6, high=0)
    lp = leaf(old + numbers(2, rows, tokens, low=-0.4, high=0.4))
    return lp, old, numbers(3, rows, tokens, low=-2, high=2), mask_of(rows, tokens)


def ppo():
    lp, old, advantages, mask = policy_inputs()

    def both(with_metrics):
        def compute():
            x = torch.clamp(lp - old, min=-20, max=20)
            ratio = torch.exp(x)
            plain = -advantages * ratio
            clipped = -advantages * torch.clamp(ratio, 0.8, 1.2)
            worse = torch.maximum(plain, clipped)
            bound = -advantages * 3
            losses = torch.where(advantages < 0, torch.min(bound, worse), worse)
            if with_metrics:
                masked_mean(-x.detach(), mask)
                masked_mean(torch.gt(clipped, plain).float(), mask)
                masked_mean(torch.gt(worse, bound) * (advantages < 0).float(), mask)
            return (losses * mask).sum() / mask.sum()

        return compute

    return {"loss": graded([lp], both(False)), "loss and metrics": graded([lp], both(True))}


def grpo():
    lp, old, advantages, mask = policy_inputs()

    def both(with_metrics):
        def compute():
            ratio = torch.exp(lp - old)
            clipped = torch.clamp(ratio, 0.8, 1.2)
            losses = -torch.min(ratio * advantages, clipped * advantages)
            if with_metrics:
                low = (ratio < 0.8) & (advantages < 0)
                high = (ratio > 1.2) & (advantages > 0)
                masked_mean(low.float(), mask)
                masked_mean(high.float(), mask)
                masked_mean((low | high).float(), mask)
            return ((losses * mask).sum(-1) / mask.sum(-1).clamp(min=1.0)).mean()

        return compute

    return {"loss": graded([lp], both(False)), "loss and metrics": graded([lp], both(True))}


def doubled(delta, decay):
    """x_t = decay x_{t+1} + delta_t by doubling: about log2(T) vectorised rounds."""
    x = delta.clone()
    step, factor = 1, decay
    while step < x.shape[1]:
        x[:, :-step] += factor * x[:, step:].clone()
        step, factor = step * 2, factor * factor
    return x


def triangle(tokens, decay):
    t = torch.arange(tokens)
    lag = t[:, None] - t[None, :]
    return torch.where(lag >= 0, decay ** lag.clamp(min=0).double(), torch.zeros((), dtype=torch.float64)).float()


def gae(rows, tokens):
    rewards, values = numbers(1, rows, tokens), numbers(2, rows, tokens, low=-1, high=1)
    gamma, lam = 0.99, 0.95
    weights = triangle(tokens, gamma * lam)

    def delta():
        following = torch.cat([values[:, 1:], torch.zeros(rows, 1)], 1)
        return rewards + gamma * following - values

    def loop():
        last, found = torch.zeros(rows), []
        for t in reversed(range(tokens)):
            following = values[:, t + 1] if t < tokens - 1 else 0.0
            last = rewards[:, t] + gamma * following - values[:, t] + gamma * lam * last
            found.append(last)
        advantages = torch.stack(found[::-1], 1)
        return advantages + values

    return {
        "loop": loop,
        "triangular product": lambda: delta() @ weights + values,
        "doubling": lambda: doubled(delta(), gamma * lam) + values,
    }


def returns(rows, tokens):
    rewards = numbers(1, rows, tokens)
    weights = triangle(tokens, 0.99)

    def loop():
        last, found = torch.zeros(rows), []
        for t in reversed(range(tokens)):
            last = rewards[:, t] + 0.99 * last
            found.append(last)
        return torch.stack(found[::-1], 1)

    return {
        "loop": loop,
        "triangular product": lambda: rewards @ weights,
        "doubling": lambda: doubled(rewards, 0.99),
    }


def reinforce_plus_plus(rows, tokens):
    mask = mask_of(rows, tokens)
    rewards = numbers(1, rows, tokens) * mask

    def whiten(x):
        n = mask.sum() + 1e-8
        centred = x - (x * mask).sum() / n
        variance = (centred * centred * mask).sum() / n * (n / (n - 1))
        return centred * torch.rsqrt(variance + 1e-8) * mask

    def cumulative():
        found = (rewards * mask).flip(1).cumsum(1).flip(1) * mask
        whiten(found)
        return found

    def loop():
        last, found = torch.zeros(rows), []
        for t in reversed(range(tokens)):
            last = (rewards[:, t] + last) * mask[:, t]
            found.append(last)
        found = torch.stack(found[::-1], 1)
        whiten(found)
        return found

    return {"reversed cumulative sum": cumulative, "loop": loop}


def token_baseline(rows, tokens):
    mask, groups = mask_of(rows, tokens), (rows // 8, 8, tokens)
    rewards, logps, squares = numbers(1, rows, tokens), numbers(2, rows, tokens, low=-6, high=0), numbers(3, rows, tokens)

    def cumulative():
        found = (rewards * mask).flip(1).cumsum(1).flip(1)
        energy = ((1 - 2 * torch.exp(logps) + squares) * mask).cumsum(1) * mask
        above = (found * energy).view(groups).sum(1, keepdim=True)
        below = energy.view(groups).sum(1, keepdim=True)
        return (found.view(groups) - above / (below + 1e-8)).view(rows, tokens) * mask

    return {"groups side by side": cumulative}


VOCABULARY = (8, 256, 32000)


def vocabulary():
    logits = numbers(1, *VOCABULARY, low=-5, high=5)
    labels = (torch.arange(VOCABULARY[0] * VOCABULARY[1]) * 31 % VOCABULARY[2]).reshape(VOCABULARY[:2])
    return logits, labels.unsqueeze(-1), numbers(2, *VOCABULARY[:2], low=-1, high=1)


def full(logits, labels):
    return torch.gather(logits.log_softmax(-1), 2, labels).squeeze(-1)


def selective(logits, labels):
    chosen = torch.gather(logits, 2, labels).squeeze(-1)
    return chosen - torch.stack([torch.logsumexp(row, -1) for row in logits])


def entropy(logits):
    return torch.logsumexp(logits, -1) - (torch.softmax(logits, -1) * logits).sum(-1)


def entropy_full(logits):
    logp = logits.log_softmax(-1)
    return -(logp.exp() * logp).sum(-1)


def forward(*functions):
    def setup():
        logits, labels, _ = vocabulary()
        arguments = (logits, labels) if functions[0] in (full, selective) else (logits,)

        def quiet(function):
            def run():
                with torch.no_grad():
                    return function(*arguments)

            return run

        return {function.__name__: quiet(function) for function in functions}

    return setup


def backward(*functions):
    def setup():
        logits, labels, cotangent = vocabulary()
        logits.requires_grad_(True)
        arguments = (logits, labels) if functions[0] in (full, selective) else (logits,)

        def graded_by(function):
            def run():
                logits.grad = None
                found = function(*arguments)
                found.backward(cotangent)
                return found

            return run

        return {function.__name__: graded_by(function) for function in functions}

    return setup


WORK = {
    "dpo": dpo,
    "kto": kto,
    "bradley_terry": bradley_terry,
    "ppo": ppo,
    "grpo": grpo,
    "gae_8x512": lambda: gae(8, 512),
    "gae_64x2048": lambda: gae(64, 2048),
    "returns_8x512": lambda: returns(8, 512),
    "returns_64x2048": lambda: returns(64, 2048),
    "rpp_8x512": lambda: reinforce_plus_plus(8, 512),
    "rpp_64x2048": lambda: reinforce_plus_plus(64, 2048),
    "otb_8x512": lambda: token_baseline(8, 512),
    "otb_64x2048": lambda: token_baseline(64, 2048),
    "logprobs": forward(full, selective),
    "logprobs_backward": backward(full, selective),
    "entropy": forward(entropy, entropy_full),
    "entropy_backward": backward(entropy, entropy_full),
}


def compared(value):
    return float(value.detach().double().mean())


def main():
    ready = {}
    print(json.dumps({"torch": torch.__version__, "python": platform.python_version()}), flush=True)
    for line in sys.stdin:
        command, name, *rest = line.split("\t")
        name = name.strip()
        if command == "setup":
            ready[name] = WORK[name]()
            answer = {"variants": {variant: compared(run()) for variant, run in ready[name].items()}}
        elif command == "drop":
            ready.pop(name, None)
            answer = {}
        else:
            run, count = ready[name][rest[0]], int(rest[1])
            wall, cpu = time.perf_counter(), time.thread_time()
            for _ in range(count):
                run()
            answer = {"wall": time.perf_counter() - wall, "cpu": time.thread_time() - cpu}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
