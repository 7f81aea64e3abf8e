"""Stage 3: every figure, the shipped int8 model and BM25 on the same data in the same run. Writes build/figures.json."""
import argparse
import json
import random
from collections import Counter

import numpy as np
from scipy.stats import rankdata, spearmanr

import data
import export
import model
import settings
import text
import unigram
from bm25 import BM25, terms

FUSED = 0.3  # weight of the vectors on per-query min-max scores, not tuned here
RESAMPLES = 1000


class Embedder:
    """Texts to unit vectors with the table that ships."""

    def __init__(self, table=None, tokenizer=None):
        self.tokenizer = tokenizer or unigram.load(settings.BUILD / "tokenizer.json")
        self.table = export.shipped_table() if table is None else table

    def __call__(self, texts):
        return model.embed(self.table, [np.array(self.tokenizer.encode(t, settings.MAX_TOKENS)) for t in texts])


def ranks(scores, positive):
    """Rank of the best positive document per query; a tie with a wrong document costs half a place."""
    best = np.where(positive, scores, -np.inf).max(1, keepdims=True)
    wrong = ~positive
    return 1 + ((scores > best) & wrong).sum(1) + ((scores == best) & wrong).sum(1) / 2


def _scale(scores):
    low, high = scores.min(1, keepdims=True), scores.max(1, keepdims=True)
    return (scores - low) / np.maximum(high - low, 1e-9)


def interval(values):
    """95 % percentile bootstrap of a mean over queries."""
    rng = np.random.default_rng(settings.SPLIT_SEED)
    means = [values[rng.integers(0, len(values), len(values))].mean() for _ in range(RESAMPLES)]
    return [round(float(x), 4) for x in np.quantile(means, [0.025, 0.975])]


def retrieval(embed, queries, documents, positive, exclude=None):
    """MRR (with its interval) and R@1 of vectors, BM25 and their fixed fusion. `exclude` marks documents a query must not see."""
    vector, words = embed(queries) @ embed(documents).T, BM25(documents).scores(queries)
    arms = {"vector": vector, "bm25": words, "fused": FUSED * _scale(vector) + (1 - FUSED) * _scale(words)}
    out = {"n": len(queries), "pool": len(documents)}
    for name, scores in arms.items():
        place = ranks(np.where(exclude, -1e9, scores) if exclude is not None else scores, positive)
        out[name] = {"mrr": round(float((1 / place).mean()), 4), "ci": interval(1 / place), "r1": round(float((place == 1).mean()), 4)}
    return out


def parallel(embed, rows):
    """zh -> en over held-out translations."""
    return retrieval(embed, [r["b"] for r in rows], [r["a"] for r in rows], np.eye(len(rows), dtype=bool))


def nearest_intent(embed, source):
    """1-NN accuracy: seeded queries against the remaining share as index; the labels were never trained on."""
    index, queries = data.intent_split(source)
    asked, known = [r["text"] for r in queries], [r["text"] for r in index]
    labels = np.array([r["intent"] for r in index])
    right = np.array([r["intent"] for r in queries])
    vector = embed(asked) @ embed(known).T
    words = BM25(known).scores(asked)
    hits = {name: round(float((labels[scores.argmax(1)] == right).mean()), 4) for name, scores in (("vector", vector), ("bm25", words))}
    return {"n": len(asked), "pool": len(known), **{name: {"accuracy": value} for name, value in hits.items()}}


def labelled_pairs(embed, rows, score="label"):
    """Spearman, AUC and accuracy (threshold from a seeded half, measured on the other half)."""
    left, right = [r["a"] for r in rows], [r["b"] for r in rows]
    gold = np.array([float(r[score]) for r in rows])
    a, b = embed(left), embed(right)
    index = BM25(left + right)
    words = np.array([_pair_bm25(index, x, y) for x, y in zip(left, right)])
    out = {"n": len(rows)}
    for name, scores in (("vector", (a * b).sum(1)), ("bm25", words)):
        out[name] = {"spearman": round(float(spearmanr(scores, gold)[0]), 4)}
        if score == "label":
            out[name].update(_binary(scores, gold > 0.5))
    return out


def _pair_bm25(index, left, right):
    """BM25 of a pair, made symmetric and comparable: overlap idf over the geometric mean of both idf sums."""
    a, b = set(terms(left)), set(terms(right))
    if not hasattr(index, "idf"):
        share = np.diff(index.weights.tocsc().indptr)
        index.idf = np.log(1 + (index.weights.shape[0] - share + 0.5) / (share + 0.5))
    total = [sum(index.idf[index.ids[t]] for t in group) for group in (a & b, a, b)]
    return total[0] / max((total[1] * total[2]) ** 0.5, 1e-9)


def _binary(scores, gold):
    order = np.random.default_rng(settings.SPLIT_SEED).permutation(len(gold))
    tune, test = order[: len(order) // 2], order[len(order) // 2:]
    cuts = np.quantile(scores[tune], np.linspace(0.02, 0.98, 97))
    cut = max(cuts, key=lambda c: ((scores[tune] >= c) == gold[tune]).mean())
    positives = gold.sum()
    auc = (rankdata(scores)[gold].sum() - positives * (positives + 1) / 2) / (positives * (len(gold) - positives))
    return {"auc": round(float(auc), 4), "accuracy": round(float(((scores[test] >= cut) == gold[test]).mean()), 4)}


def afqmc(embed):
    """Finance question -> its paraphrase among 4,300 questions."""
    rows = [r for r in data.load_validation("pairs_labelled_zh_finance.no.jsonl") if r["src"].startswith("AFQMC")]
    random.Random(settings.SPLIT_SEED).shuffle(rows)
    good = [r for r in rows if r["label"]][:1500]
    pool = list(dict.fromkeys([r["b"] for r in good] + [r["b"] for r in rows if not r["label"]]))[:4300]
    place = {t: i for i, t in enumerate(pool)}
    positive = np.zeros((len(good), len(pool)), bool)
    same = np.zeros_like(positive)
    by_query = {}
    for i, row in enumerate(good):
        by_query.setdefault(row["a"], set()).add(place[row["b"]])
    for i, row in enumerate(good):
        positive[i, list(by_query[row["a"]])] = True
        if row["a"] in place:
            same[i, place[row["a"]]] = not positive[i, place[row["a"]]]
    return retrieval(embed, [r["a"] for r in good], pool, positive, same)


def jddc(embed):
    """Customer turn -> the agent's answer; only answers that occur once and say something."""
    rows = data.load_validation("qa_zh_jddc18_train.no.jsonl")
    often = Counter(r["b"] for r in rows)
    rows = [r for r in rows if often[r["b"]] == 1 and len(r["b"]) >= 10 and len(r["a"]) >= 4]
    random.Random(settings.SPLIT_SEED).shuffle(rows)
    rows = rows[:1000]
    return retrieval(embed, [r["a"] for r in rows], [r["b"] for r in rows], np.eye(len(rows), dtype=bool))


def own_intents(embed):
    """Held-out intents of our corpus, among all intents and among themselves: wording -> other wording, wording -> answer, across languages."""
    intents, _, held = data.load_corpus()
    kept = [row for row in intents if row["id"] in held]
    out = {}
    for name, pool in (("own intents", intents), ("own held-out alone", kept)):
        asks = {lang: [(t, row["id"]) for row in pool for t in row[lang]] for lang in ("zh", "en")}
        answers = {lang: [(t, row["id"]) for row in pool for field in ("reply", "passage") for t in row[f"{field}_{lang}"]] for lang in ("zh", "en")}
        own = {lang: [(t, row["id"]) for row in kept for t in row[lang]] for lang in ("zh", "en")}
        for lang, other in (("zh", "en"), ("en", "zh")):
            out[f"{name} {lang} -> {lang}"] = _measure(embed, own[lang], asks[lang], True)
            out[f"{name} {lang} -> {other}"] = _measure(embed, own[lang], asks[other])
            out[f"{name} {lang} -> answer"] = _measure(embed, own[lang], answers[lang])
    return out


def _measure(embed, queries, documents, skip_self=False):
    """Retrieval over (text, intent) pairs; `skip_self` hides the query itself among the documents."""
    labels = np.array([d[1] for d in documents])
    positive = np.array([q[1] for q in queries])[:, None] == labels[None, :]
    same = np.array([q[0] for q in queries])[:, None] == np.array([d[0] for d in documents])[None, :] if skip_self else None
    if skip_self:
        positive &= ~same
    return retrieval(embed, [q[0] for q in queries], [d[0] for d in documents], positive, same)


def neighbours(embed):
    """Look-alikes that touch a held-out intent: is the text nearer to the wordings of its own intent than to those of the one it is mistaken for?"""
    intents, _, _ = data.load_corpus()
    wordings = {row["id"]: row["zh"] + row["en"] for row in intents}
    rows = [(row[side], row[f"{side}_id"], row[f"{rival}_id"]) for row in data.load_neighbours()[1] for side, rival in (("a", "b"), ("b", "a"))]
    hits = {"vector": [], "bm25": []}
    for sentence, own, rival in rows:
        documents = wordings[own] + wordings[rival]
        first = len(wordings[own])
        for name, scores in (("vector", embed([sentence]) @ embed(documents).T), ("bm25", BM25(documents).scores([sentence]))):
            best, worst = scores[0][:first].max(), scores[0][first:].max()
            hits[name].append(1.0 if best > worst else 0.5 if best == worst else 0.0)
    return {"n": len(rows), **{name: {"accuracy": round(float(np.mean(values)), 4), "ci": interval(np.array(values))} for name, values in hits.items()}}


def label_texts(embed):
    """Chinese buyers' questions -> the name of their intent, nothing of the set trained on."""
    rows = [r for r in data.load_validation("intents_zh_cic.no.jsonl") if text.has_cjk(str(r["intent"]))]
    names = sorted({r["intent"] for r in rows})
    random.Random(settings.SPLIT_SEED).shuffle(rows)
    rows = rows[:3000]
    positive = np.array([[r["intent"] == name for name in names] for r in rows])
    return retrieval(embed, [r["text"] for r in rows], names, positive)


def traditional(embed):
    """How many points of MRR a traditional spelling of the held-out wordings costs: converted there and back as the app does."""
    intents, _, held = data.load_corpus()
    kept = [(t, row["id"]) for row in intents if row["id"] in held for t in row["zh"]]
    documents = [(t, row["id"]) for row in intents for name in ("reply_zh", "passage_zh") for t in row[name]]
    spelt = text.to_simplified(text.to_traditional([t for t, _ in kept]))
    plain, there = (_measure(embed, [(t, i) for t, (_, i) in zip(texts, kept)], documents) for texts in ([t for t, _ in kept], spelt))
    return {"n": len(kept), "simplified": plain["vector"], "traditional": there["vector"]}


def figures(embed):
    """All figures by name."""
    tatoeba, dialog = data.heldout_parallel()
    lcqmc = [r for r in data.load_validation("pairs_labelled_zh_general.no.jsonl") if r["src"].startswith("LCQMC")]
    sts = data.load_validation("sts_enzh.no.jsonl")
    out = {"Tatoeba zh -> en": parallel(embed, tatoeba), "service dialogue zh -> en": parallel(embed, dialog),
           "Banking77 1-NN": nearest_intent(embed, "banking77"), "CLINC150 1-NN": nearest_intent(embed, "clinc150"),
           "LCQMC dev": labelled_pairs(embed, lcqmc), "AFQMC retrieval": afqmc(embed), "JDDC question -> answer": jddc(embed),
           "STS-B dev zh": labelled_pairs(embed, [r for r in sts if "/zh/dev" in r["src"]], "score"),
           "STS-B dev en": labelled_pairs(embed, [r for r in sts if "/en/dev" in r["src"]], "score")}
    out.update(own_intents(embed))
    out.update({"look-alikes told apart": neighbours(embed), "CIC question -> name of its intent": label_texts(embed), "own intents in traditional": traditional(embed)})
    return out


def main():
    """Prints the table and writes build/figures.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", default=str(settings.BUILD / "figures.json"))
    result = figures(Embedder())
    for name, row in result.items():
        print(f"{name:28} n={row['n']:<6}", {k: v for k, v in row.items() if isinstance(v, dict)})
    with open(parser.parse_args().out, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()
