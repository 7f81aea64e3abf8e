"""Stage 4: evaluation inputs for `deskmate eval retrieval|pairs|intents`, from held-out .yes data and our own corpus only."""
import json
import random

import data
import settings


def _write(name, rows):
    path = settings.BUILD / name
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(f"{name}: {len(rows)} lines")


def retrieval():
    """Held-out intents' wording -> replies and passages of all intents; zh -> en translations as a second file."""
    intents, _, held = data.load_corpus()
    answers = {row["id"]: [t for name in ("reply_zh", "passage_zh", "reply_en", "passage_en") for t in row[name]] for row in intents}
    rows = [{"corpus": t} for group in answers.values() for t in group]
    for row in intents:
        if row["id"] in held:
            rows += [{"query": t, "positives": answers[row["id"]]} for t in row["zh"] + row["en"]]
    _write("eval-retrieval.jsonl", rows)
    tatoeba, _ = data.heldout_parallel()
    crossing = [{"corpus": r["a"]} for r in tatoeba] + [{"query": r["b"], "positives": [r["a"]]} for r in tatoeba]
    _write("eval-retrieval-zh-en.jsonl", crossing)


def pairs():
    """Held-out translations against shifted ones, and same-intent against other-intent wording."""
    rng = random.Random(settings.SPLIT_SEED)
    tatoeba, _ = data.heldout_parallel()
    rows = [{"a": r["b"], "b": r["a"], "label": 1} for r in tatoeba[:300]]
    rows += [{"a": r["b"], "b": other["a"], "label": 0} for r, other in zip(tatoeba[:300], tatoeba[300:600])]
    intents, _, held = data.load_corpus()
    kept = [row for row in intents if row["id"] in held]
    for row in kept:
        others = [other for other in kept if other is not row]
        for a in row["zh"]:
            rows.append({"a": a, "b": rng.choice([t for t in row["zh"] if t != a]), "label": 1})
            rows.append({"a": a, "b": rng.choice(rng.choice(others)["zh"]), "label": 0})
    rng.shuffle(rows)
    _write("eval-pairs.jsonl", rows)


def intents():
    """The seeded banking77 slice: 80 % index as train, 20 % queries as test."""
    index, queries = data.intent_split("banking77")
    rows = [{"text": r["text"], "intent": r["intent"], "split": "train"} for r in index]
    rows += [{"text": r["text"], "intent": r["intent"], "split": "test"} for r in queries]
    _write("eval-intents.jsonl", rows)


if __name__ == "__main__":
    settings.BUILD.mkdir(parents=True, exist_ok=True)
    retrieval()
    pairs()
    intents()
