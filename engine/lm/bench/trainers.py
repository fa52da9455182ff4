"""What `plumb bench lm` is compared with: transformers' own sampling and training, and TRL's trainers.

    plumb bench lm kto grpo --peers "python3 engine/lm/bench/trainers.py"

Needs `pip install torch==2.7.1 transformers==5.23.0 trl==1.16.0`. Prints one line of JSON per name. The
model is a GPT-2 of random parameters without dropout, each made-up word is one token, and TRL's trainers
are timed from the end of one optimiser step to the end of another, the first two left out.

hf_train               tokens/s: forward, cross-entropy, backward, clipping, fused AdamW on full rows
hf_sample              new tokens/s: `generate` at temperature 1
trl_sft                rows/s
trl_dpo, trl_dpo_precomputed, trl_reward, trl_kto, trl_orpo, trl_cpo, trl_simpo, trl_online_dpo   pairs/s
trl_grpo, trl_rloo     samples/s
"""

import argparse
import importlib
import json
import logging
import os
import random
import tempfile
import time
import warnings

os.environ.update(HF_HUB_OFFLINE="1", TRL_EXPERIMENTAL_SILENCE="1", TOKENIZERS_PARALLELISM="false")
warnings.filterwarnings("ignore")

import torch
import torch.nn.functional as F
import transformers

SIZES = {
    "nano": dict(layers=4, width=128, heads=4, vocabulary=512, context=64, batch=64, prompt=16, answer=32, pairs=16, prompts=8, group=8),
    "small": dict(layers=6, width=384, heads=6, vocabulary=2048, context=128, batch=16, prompt=32, answer=64, pairs=8, prompts=4, group=8),
}
ROWS = 256
WARM = 2


def config(size, **more):
    return transformers.GPT2Config(
        vocab_size=size["vocabulary"], n_positions=size["context"], n_embd=size["width"], n_layer=size["layers"], n_head=size["heads"],
        resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, bos_token_id=0, eos_token_id=0, pad_token_id=0, **more
    )


def tokenizer(size):
    from tokenizers import Tokenizer, models, pre_tokenizers

    words = {"<end>": 0, **{f"w{i}": i for i in range(1, size["vocabulary"])}}
    plain = Tokenizer(models.WordLevel(words, unk_token="w1"))
    plain.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return transformers.PreTrainedTokenizerFast(tokenizer_object=plain, eos_token="<end>", pad_token="<end>")


def text(draw, size, words):
    return " ".join(f"w{draw.randrange(1, size['vocabulary'])}" for _ in range(words))


def prompts(size):
    draw = random.Random(0)
    return [dict(prompt=text(draw, size, size["prompt"])) for _ in range(ROWS)]


def pairs(size):
    draw = random.Random(1)
    sides = ("chosen", "rejected")
    return [dict(row, **{side: " " + text(draw, size, size["answer"] - 1) for side in sides}) for row in prompts(size)]


def rate(work, each, seconds):
    """How many a second, after some rounds to warm up."""
    for _ in range(WARM):
        work()
    rounds, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < seconds:
        work()
        rounds += 1
    return each * rounds / (time.perf_counter() - begun)


def hf_train(size, given):
    model = transformers.GPT2LMHeadModel(config(size)).to(given.device)
    adamw = torch.optim.AdamW(model.parameters(), lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1, fused=True)
    ids = torch.randint(1, size["vocabulary"], (size["batch"], size["context"]), device=given.device)

    def step():
        scores = model(input_ids=ids[:, :-1]).logits
        F.cross_entropy(scores.flatten(0, 1), ids[:, 1:].flatten()).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1)
        adamw.step()
        adamw.zero_grad()

    return rate(step, size["batch"] * size["context"], given.seconds)


def hf_sample(size, given):
    model = transformers.GPT2LMHeadModel(config(size)).to(given.device).eval()
    ids = torch.randint(1, size["vocabulary"], (size["batch"], size["prompt"]), device=given.device)
    length = dict(max_new_tokens=size["answer"], min_new_tokens=size["answer"])

    def draw():
        with torch.inference_mode():
            model.generate(ids, attention_mask=torch.ones_like(ids), do_sample=True, top_k=0, **length)

    return rate(draw, size["batch"] * size["answer"], given.seconds)


class Enough(Exception):
    pass


class Steps(transformers.TrainerCallback):
    """Notes when optimiser steps end, and ends the training after so many seconds."""

    def __init__(self, seconds):
        self.seconds, self.ends = seconds, []

    def on_step_end(self, *_, **__):
        self.ends.append(time.perf_counter())
        if len(self.ends) > WARM + 2 and self.ends[-1] - self.ends[WARM - 1] >= self.seconds:
            raise Enough

    def per_second(self):
        timed = self.ends[WARM - 1 :]
        return (len(timed) - 1) / (timed[-1] - timed[0])


def found(name):
    """A trainer or its settings, wherever this version of TRL keeps it."""
    import trl

    places = ["trl"] + ["trl.experimental." + part for part in ("kto", "orpo", "cpo", "online_dpo")]
    for place in places:
        try:
            return getattr(importlib.import_module(place), name)
        except (ImportError, AttributeError):
            pass
    raise ImportError(f"TRL {trl.__version__} has no {name}")


def trained(method, size, given, rows, per_step, model=None, settings=(), **more):
    """Steps per second of a trainer of TRL."""
    import datasets

    datasets.disable_progress_bars()
    logging.disable(logging.WARNING)
    steps = Steps(given.seconds)
    with tempfile.TemporaryDirectory() as folder:
        usual = dict(
            output_dir=folder, per_device_train_batch_size=per_step, max_steps=100_000, learning_rate=1e-5, optim="adamw_torch_fused",
            report_to=[], save_strategy="no", logging_strategy="no", disable_tqdm=True, bf16=False, gradient_checkpointing=False,
            use_cpu=given.device == "cpu",
        )
        start = model or transformers.GPT2LMHeadModel(config(size))
        start.save_pretrained(folder + "/start")  # some load the reference by its path
        trainer = found(method + "Trainer")(
            model=type(start).from_pretrained(folder + "/start"), args=found(method + "Config")(**{**usual, **dict(settings)}),
            train_dataset=datasets.Dataset.from_list(rows), processing_class=tokenizer(size), callbacks=[steps], **more
        )
        try:
            trainer.train()
        except Enough:
            pass
    return steps.per_second()


def whole(size):
    return dict(max_length=size["prompt"] + size["answer"])


def trl_sft(size, given):
    draw = random.Random(2)
    rows = [dict(text=text(draw, size, size["context"] - 1)) for _ in range(ROWS)]
    settings = dict(max_length=size["context"], dataset_text_field="text")
    return size["batch"] * trained("SFT", size, given, rows, size["batch"], settings=settings)


def of_pairs(method, size, given, model=None, **settings):
    return size["pairs"] * trained(method, size, given, pairs(size), size["pairs"], model, {**whole(size), **settings})


def trl_dpo(size, given):
    return of_pairs("DPO", size, given)


def trl_dpo_precomputed(size, given):
    return of_pairs("DPO", size, given, precompute_ref_log_probs=True)


def trl_reward(size, given):
    return of_pairs("Reward", size, given, transformers.GPT2ForSequenceClassification(config(size, num_labels=1)))


def trl_kto(size, given):
    rows = []
    for pair in pairs(size):
        rows += [dict(prompt=pair["prompt"], completion=pair[side], label=side == "chosen") for side in ("chosen", "rejected")]
    settings = {**whole(size), "precompute_ref_log_probs": True}
    return size["pairs"] * trained("KTO", size, given, rows, 2 * size["pairs"], settings=settings)


def trl_orpo(size, given):
    return of_pairs("ORPO", size, given)


def trl_cpo(size, given):
    return of_pairs("CPO", size, given)


def trl_simpo(size, given):
    return of_pairs("CPO", size, given, loss_type="simpo", cpo_alpha=0.0)


def words(completions, **_):
    return [float(len(answer.split())) for answer in completions]


def trl_online_dpo(size, given):
    settings = dict(max_new_tokens=size["answer"], temperature=1.0, beta=0.1)
    steps = trained("OnlineDPO", size, given, prompts(size), size["pairs"], settings=settings, reward_funcs=words)
    return size["pairs"] * steps


def groups(method, size, given):
    answers = size["prompts"] * size["group"]
    settings = dict(num_generations=size["group"], max_completion_length=size["answer"], beta=0.05, temperature=1.0)
    return answers * trained(method, size, given, prompts(size), answers, settings=settings, reward_funcs=words)


def trl_grpo(size, given):
    return groups("GRPO", size, given)


def trl_rloo(size, given):
    return groups("RLOO", size, given)


MEASURES = [hf_train, hf_sample, trl_sft, trl_dpo, trl_dpo_precomputed, trl_reward, trl_kto, trl_orpo, trl_cpo, trl_simpo]
MEASURES = {measure.__name__: measure for measure in MEASURES + [trl_online_dpo, trl_grpo, trl_rloo]}


def system(name):
    library = importlib.import_module("trl" if name.startswith("trl") else "transformers")
    return f"{library.__name__} {library.__version__}"


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
    for name in given.names or MEASURES:
        if name not in MEASURES:
            print(json.dumps(dict(what=name, error="not measured by trainers.py")), flush=True)
            continue
        try:
            runs = [MEASURES[name](SIZES[given.preset], given) for _ in range(given.repeats)]
            print(json.dumps(dict(what=name, system=system(name), runs=runs)), flush=True)
        except Exception as error:  # who cannot be measured does not hide the others
            print(json.dumps(dict(what=name, error=f"{type(error).__name__}: {error}"[:300])), flush=True)


if __name__ == "__main__":
    main()
