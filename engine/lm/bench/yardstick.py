"""The yardstick of `plumb bench lm`: GPT-2 in plain PyTorch, without a library in between.

    plumb bench lm --peers "python3 engine/lm/bench/yardstick.py" train sample memory

Needs `pip install torch==2.7.1` and nothing else. Prints one line of JSON per name:
torch_train    tokens/s: forward, cross-entropy, backward, clipping, fused AdamW on full rows
torch_sample   new tokens/s: temperature 1, keys and values kept in place
torch_memory   MB that this process grows by when it makes the model and trains it for ten steps
"""

import argparse
import json
import math
import time

import torch
import torch.nn.functional as F

SIZES = {
    "nano": dict(layers=4, width=128, heads=4, vocabulary=512, context=64, batch=64, prompt=16, answer=32),
    "small": dict(layers=6, width=384, heads=6, vocabulary=2048, context=128, batch=16, prompt=32, answer=64),
}


class Gpt2:
    """Parameters in a list; a layer has twelve, in the order in which they are used."""

    def __init__(self, size, device):
        self.size = size
        d, normal = size["width"], dict(device=device)
        shapes = [(size["vocabulary"], d), (size["context"], d)]
        for _ in range(size["layers"]):
            shapes += [(d,), (d,), (3 * d, d), (3 * d,), (d, d), (d,)]
            shapes += [(d,), (d,), (4 * d, d), (4 * d,), (d, 4 * d), (d,)]
        shapes += [(d,), (d,)]
        self.parameters = [
            (torch.randn(s, **normal) * 0.02 if len(s) == 2 else torch.zeros(s, **normal)).requires_grad_() for s in shapes
        ]
        with torch.no_grad():
            for at in [2 + 12 * l + n for l in range(size["layers"]) for n in (0, 6)] + [len(shapes) - 2]:
                self.parameters[at].fill_(1)

    def norm(self, x, at):
        return F.layer_norm(x, (self.size["width"],), self.parameters[at], self.parameters[at + 1])

    def linear(self, x, at):
        return F.linear(x, self.parameters[at], self.parameters[at + 1])

    def logits(self, ids, cache=None, start=0):
        """[batch, time] to [batch, time, vocabulary]; with a cache, `ids` follow `start` earlier tokens."""
        rows, time_ = ids.shape
        heads, d = self.size["heads"], self.size["width"]
        x = F.embedding(ids, self.parameters[0]) + self.parameters[1][start : start + time_]
        for layer in range(self.size["layers"]):
            at = 2 + 12 * layer
            joined = self.linear(self.norm(x, at), at + 2).view(rows, time_, 3, heads, d // heads)
            q, k, v = (part.transpose(1, 2) for part in joined.unbind(2))
            causal = True
            if cache is not None:
                kept = cache[layer]
                kept[0][:, :, start : start + time_] = k
                kept[1][:, :, start : start + time_] = v
                k, v = kept[0][:, :, : start + time_], kept[1][:, :, : start + time_]
                causal = start == 0
            y = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
            x = x + self.linear(y.transpose(1, 2).reshape(rows, time_, d), at + 4)
            inner = F.gelu(self.linear(self.norm(x, at + 6), at + 8), approximate="tanh")
            x = x + self.linear(inner, at + 10)
        return F.linear(self.norm(x, len(self.parameters) - 2), self.parameters[0])


def training(size, device):
    """Returns a function that takes one step."""
    model = Gpt2(size, device)
    matrices = [p for p in model.parameters[2:] if p.dim() == 2]
    others = [p for p in model.parameters if not any(p is m for m in matrices)]
    adamw = torch.optim.AdamW(
        [dict(params=matrices, weight_decay=0.1), dict(params=others, weight_decay=0)], lr=1e-3, betas=(0.9, 0.95), fused=True
    )
    ids = torch.randint(1, size["vocabulary"], (size["batch"], size["context"]), device=device)

    def step():
        scores = model.logits(ids[:, :-1])
        loss = F.cross_entropy(scores.flatten(0, 1), ids[:, 1:].flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters, 1)
        adamw.step()
        adamw.zero_grad()
        return loss.item()

    return step


def sampling(size, device):
    """Returns a function that draws one batch of answers."""
    model = Gpt2(dict(size, context=size["prompt"] + size["answer"]), device)
    shape = (size["batch"], size["heads"], size["prompt"] + size["answer"], size["width"] // size["heads"])

    @torch.inference_mode()
    def draw():
        cache = [[torch.empty(shape, device=device) for _ in range(2)] for _ in range(size["layers"])]
        ids = torch.randint(1, size["vocabulary"], (size["batch"], size["prompt"]), device=device)
        seen = 0
        for _ in range(size["answer"]):
            last = model.logits(ids, cache, seen)[:, -1]
            seen += ids.shape[1]
            ids = torch.multinomial(last.softmax(-1), 1)

    return draw


def rate(work, each, seconds):
    """How many a second, after two rounds to warm up."""
    work()
    work()
    rounds, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        work()
        rounds += 1
    if torch.cuda.is_available():
        torch.cuda.synchronize()
    return each * rounds / (time.perf_counter() - begun)


def resident(field):
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(field)) * 1024 / 1e6


def growth(size, device):
    warm = torch.ones(64, 64)
    (warm * warm).sum().item()
    before = resident("VmRSS")
    step = training(size, device)
    for _ in range(10):
        step()
    return resident("VmHWM") - before


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--preset", choices=SIZES, default="nano")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("names", nargs="*")
    given = parser.parse_args()
    if given.threads:
        torch.set_num_threads(given.threads)
    size = SIZES[given.preset]
    measures = {
        "torch_train": lambda: rate(training(size, given.device), size["batch"] * size["context"], given.seconds),
        "torch_sample": lambda: rate(sampling(size, given.device), size["batch"] * size["answer"], given.seconds),
        "torch_memory": lambda: growth(size, given.device),
    }
    for name in given.names or measures:
        if name not in measures:
            print(json.dumps(dict(what=name, error="not measured by the yardstick")), flush=True)
            continue
        runs = [measures[name]() for _ in range(given.repeats)]
        if not all(math.isfinite(run) for run in runs):
            raise SystemExit(f"{name}: {runs}")
        print(json.dumps(dict(what=name, system="torch " + torch.__version__, runs=runs)), flush=True)


if __name__ == "__main__":
    main()
