"""Stage 1: clean text -> tokenizer -> PPMI table -> contrastive training. Writes tokenizer.json and table.npy to build/."""
import argparse
import json
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import model
import ppmi
import settings
import sources
import text
import unigram

TAU, LEARNING_RATE, BATCH, WARM_UP = 0.05, 1.5e-3, 1024, 100
# Hard negatives come in multiples: matrices of a thousand sizes break the memory into pieces that are never used again.
RIVAL_STEP = 64
WORD_DROPOUT, SELF_DROPOUT = 0.25, 0.45


class Encoder:
    """Token arrays of every training text, kept in memory; optionally one token per Chinese character."""

    def __init__(self, tokenizer, char_share):
        self.tokenizer, self.char_share, self.words, self.chars = tokenizer, char_share, {}, {}

    def __call__(self, sentence):
        found = self.words.get(sentence)
        if found is None:
            found = np.array(self.tokenizer.encode(sentence, settings.TRAIN_TOKENS), np.int32)
            self.words[sentence] = found
        return found

    def by_character(self, sentence):
        """The same text with its Chinese words taken apart, so that words and characters share a space."""
        found = self.chars.get(sentence)
        if found is None:
            ids, out = self.tokenizer.ids, []
            for token in self(sentence):
                piece = self.tokenizer.tokens[token]
                split = token >= len(unigram.SPECIAL) and text.is_cjk(piece[0]) and len(piece) > 1
                out += [ids.get(c, unigram.UNK) for c in piece] if split else [token]
            found = self.chars[sentence] = np.array(out[:settings.TRAIN_TOKENS], np.int32)
        return found


def drop_words(sequences, rate, rng):
    """Sequences laid end to end with words dropped at random ([CLS] and short texts stay), and their offsets."""
    flat = np.concatenate(sequences)
    sizes = np.array([len(s) for s in sequences])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    keep = rng.random(len(flat)) >= np.repeat(np.where(sizes > 4, rate, 0.0), sizes)
    keep[starts] = True
    keep[np.minimum(starts + 1 + (rng.random(len(sizes)) * np.maximum(sizes - 1, 1)).astype(int), starts + sizes - 1)] = True
    kept = np.add.reduceat(keep, starts)
    return flat[keep], np.concatenate([[0], np.cumsum(kept)[:-1]])


def same_mask(rows):
    """True where another row of the batch must not count as a negative: equal text or equal label."""
    numbers = {}
    left = np.array([numbers.setdefault(row[0], len(numbers)) for row in rows])
    right = np.array([numbers.setdefault(row[1], len(numbers)) for row in rows])
    same = (left[:, None] == left) | (right[:, None] == right) | (left[:, None] == right) | (right[:, None] == left)
    if rows[0][3] is not None:
        labels = np.array([numbers.setdefault(("label", row[3]), len(numbers)) for row in rows])
        same |= labels[:, None] == labels
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)


def own_rival(rows, rivals):
    """True where a hard negative of another row is of this row's own label."""
    return torch.from_numpy(np.array([[label is not None and row[3] == label for _, label in rivals] for row in rows]))


def batch_loss(net, rows, encode, self_pairs, rng):
    """Symmetric InfoNCE over one batch; labelled hard negatives join the columns."""
    left = [encode(row[0]) for row in rows]
    right = [encode.by_character(row[1]) if self_pairs and rng.random() < encode.char_share else encode(row[1]) for row in rows]
    rivals = [row[2] for row in rows if row[2]]
    rivals = rivals[: len(rivals) // RIVAL_STEP * RIVAL_STEP]
    hard = [encode(sentence) for sentence, _ in rivals]
    flat, offsets = drop_words(left + right + hard, SELF_DROPOUT if self_pairs else WORD_DROPOUT, rng)
    out = F.normalize(net(torch.from_numpy(flat.astype(np.int64)), torch.from_numpy(offsets.astype(np.int64))), dim=-1)
    size = len(rows)
    a, b, negatives = out[:size], out[size:2 * size], out[2 * size:]
    logits = (a @ b.t() / TAU).masked_fill(same_mask(rows), -1e4)
    target = torch.arange(size)
    wide = torch.cat([logits, (a @ negatives.t() / TAU).masked_fill(own_rival(rows, rivals), -1e4)], 1) if rivals else logits
    return (F.cross_entropy(wide, target) + F.cross_entropy(logits.t(), target)) / 2


def fit(net, mix, encode, steps):
    """AdamW with warm-up and linear decay; every step one source, drawn by weight."""
    rng, draw = np.random.default_rng(settings.SEED), random.Random(settings.SEED)
    weights = np.array([s.weight for s in mix])
    weights /= weights.sum()
    optimiser = torch.optim.AdamW([{"params": [net.rows], "weight_decay": 0.0}, {"params": [net.parts], "weight_decay": 0.01}],
                                  lr=LEARNING_RATE, betas=(0.9, 0.98), foreach=True)
    average, started = {}, time.process_time()
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, (step + 1) / WARM_UP) * max(0.02, 1 - step / steps)
        source = mix[rng.choice(len(mix), p=weights)]
        rows = source.batch(BATCH, draw)
        loss = batch_loss(net, rows, encode, source.self_pairs, rng)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        average[source.name] = 0.9 * average.get(source.name, loss.item()) + 0.1 * loss.item()
        if (step + 1) % 200 == 0:
            losses = ", ".join(f"{name} {value:.2f}" for name, value in average.items())
            print(f"step {step + 1}, {time.process_time() - started:.0f} CPU s: {losses}", flush=True)


def main():
    """Runs the stage; --steps and --weights vary it for experiments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1600)
    parser.add_argument("--weights", default="{}", help='JSON, e.g. {"self": 1.5}')
    parser.add_argument("--char-share", type=float, default=0.5, help="self pairs whose second side is taken apart into characters")
    parser.add_argument("--random-init", action="store_true", help="begin with noise instead of the PPMI table")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(settings.SEED)
    settings.BUILD.mkdir(parents=True, exist_ok=True)
    mix = sources.build()
    for source in mix:
        source.weight = json.loads(args.weights).get(source.name, source.weight)
    texts = list(dict.fromkeys(t for source in mix for t in source.texts()))
    print(f"{len(texts)} texts, {sum(len(s.pairs) or len(s.labelled or []) for s in mix)} rows", flush=True)
    own = "".join(t for source in mix if source.name.startswith("own") for t in source.texts())
    tokenizer = unigram.learn(texts, settings.VOCAB_SIZE, own + unigram.EMOJI)
    (settings.BUILD / "tokenizer.json").write_text(json.dumps(tokenizer.tokenizer_json(), ensure_ascii=False), encoding="utf-8")
    encode = Encoder(tokenizer, args.char_share)
    bilingual = [(encode(r[0]), encode(r[1])) for s in mix if s.name in ("tatoeba zh-en", "service dialogue zh-en", "own terms") for r in s.pairs]
    table = ppmi.vectors([encode(t) for t in texts], bilingual, len(tokenizer.tokens))
    if args.random_init:
        rows = np.random.default_rng(settings.SEED).normal(size=table.shape)
        table = (rows * np.linalg.norm(table, axis=1, keepdims=True) / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    net = model.StaticModel(table, tokenizer.tokens)
    fit(net, [s for s in mix if s.weight > 0 and s.texts()], encode, args.steps)
    with torch.no_grad():
        folded = model.lean_on_characters(net.table(), tokenizer.tokens).numpy()
    folded[unigram.PAD] = 0
    np.save(settings.BUILD / "table.npy", folded.astype(np.float32))
    counts = {s.name: {"rows": len(s.pairs) or len(s.labelled or []), "weight": s.weight} for s in mix}
    (settings.BUILD / "sources.json").write_text(json.dumps({"texts": len(texts), "steps": args.steps, "sources": counts}, indent=1))


if __name__ == "__main__":
    main()
