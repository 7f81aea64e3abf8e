"""Checks the own corpus: python3 check_corpus.py [file ...] (all of corpus/ without one). Exit status 1 when a rule of corpus/STYLE.md is broken."""
import json
import pathlib
import re
import sys
from collections import Counter
from itertools import combinations

CORPUS = pathlib.Path(__file__).parent / "corpus"
NOT_INTENTS = {"terms.jsonl", "neighbours.jsonl"}
LEAST = {"zh": 25, "en": 15, "reply_zh": 4, "reply_en": 4, "passage_zh": 2, "passage_en": 2}
TWINS = (("reply_zh", "reply_en"), ("passage_zh", "passage_en"))
NEAR = 0.6
SAME_START = 4


def plain(sentence):
    """Letters and digits only, lower case."""
    return re.sub(r"[\W_]+", "", sentence.lower())


def grams(sentence, lang):
    """Character pairs of Chinese, words and word pairs of English."""
    if lang == "zh":
        letters = plain(sentence)
        return {letters[i:i + 2] for i in range(len(letters) - 1)} or {letters}
    words = re.findall(r"[a-z0-9']+", sentence.lower())
    return set(words) | set(zip(words, words[1:]))


def near_pairs(sentences, lang):
    """Pairs of wordings whose grams overlap by more than NEAR (Jaccard)."""
    sets = [(sentence, grams(sentence, lang)) for sentence in sentences]
    return [(a, b) for (a, x), (b, y) in combinations(sets, 2) if len(x & y) > NEAR * len(x | y)]


def overlap(sentences, lang):
    """Mean Jaccard of all pairs: 0 says every wording is its own, 1 that all are the same."""
    sets = [grams(sentence, lang) for sentence in sentences]
    values = [len(x & y) / len(x | y) for x, y in combinations(sets, 2)]
    return sum(values) / len(values) if values else 0.0


def repeated_starts(sentences):
    """Beginnings that more than a fifth of the Chinese wordings share."""
    starts = Counter(plain(sentence)[:SAME_START] for sentence in sentences)
    return [start for start, count in starts.items() if count > max(2, len(sentences) / 5)]


def problems_of(row, seen):
    """Broken rules of one intent, in words."""
    found = [f"{field}: {len(row.get(field, []))}, at least {least} are needed" for field, least in LEAST.items() if len(row.get(field, [])) < least]
    found += [f"{a} and {b} are not twins: {len(row.get(a, []))} and {len(row.get(b, []))}" for a, b in TWINS if len(row.get(a, [])) != len(row.get(b, []))]
    for lang in ("zh", "en"):
        found += [f"nearly the same: {a} | {b}" for a, b in near_pairs(row.get(lang, []), lang)]
        for sentence in row.get(lang, []):
            other = seen.setdefault((lang, plain(sentence)), row["id"])
            if other != row["id"]:
                found.append(f"also in {other}: {sentence}")
        hans = [s for s in row.get(lang, []) if bool(re.search(r"[一-鿿]", s)) != (lang == "zh")]
        found += [f"not {lang}: {s}" for s in hans]
    found += [f"too many begin with {start}" for start in repeated_starts(row.get("zh", []))]
    return found


def main(names):
    """Prints problems, then diversity and balance."""
    files = [pathlib.Path(name) for name in names] or sorted(path for path in CORPUS.glob("*.jsonl") if path.name not in NOT_INTENTS)
    seen, ids, bad, rows = {}, Counter(), 0, []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            rows.append(row)
            ids[row["id"]] += 1
            found = problems_of(row, seen) + (["the id is there twice"] if ids[row["id"]] > 1 else [])
            bad += len(found)
            for problem in found:
                print(f"{path.name}:{number}: {row['id']}: {problem}")
    for lang in ("zh", "en"):
        counts = [len(row[lang]) for row in rows]
        means = sorted((overlap(row[lang], lang), row["id"]) for row in rows)
        print(f"{lang}: {sum(counts)} wordings in {len(rows)} intents ({min(counts)}-{max(counts)}); overlap within an intent: median {means[len(means) // 2][0]:.3f}, most {means[-1][0]:.3f} ({means[-1][1]})")
    print("groups: " + ", ".join(f"{group} {count}" for group, count in Counter(row["group"] for row in rows).most_common()))
    print(f"{bad} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
