"""Prints figures of several builds side by side: python3 compare.py "label=build folder" ... ; several folders joined by + are seeds of one row."""
import json
import pathlib
import sys

import numpy as np

COLUMNS = (  # figure, measure, heading
    ("own intents zh -> zh", "mrr", "zh→zh"), ("own intents zh -> answer", "mrr", "zh→answer"), ("own intents en -> en", "mrr", "en→en"),
    ("own intents en -> answer", "mrr", "en→answer"), ("own intents zh -> en", "mrr", "zh→en"), ("own intents en -> zh", "mrr", "en→zh"),
    ("CIC question -> name of its intent", "r1", "CIC top-1"), ("LCQMC dev", "spearman", "LCQMC ρ"), ("AFQMC retrieval", "mrr", "AFQMC"),
    ("JDDC question -> answer", "mrr", "JDDC"), ("Tatoeba zh -> en", "r1", "Tatoeba R@1"), ("service dialogue zh -> en", "r1", "dialogue R@1"),
    ("Banking77 1-NN", "accuracy", "Banking77"), ("CLINC150 1-NN", "accuracy", "CLINC150"),
)


def cells(folders, arm):
    """Means over the seeds; with several, half the distance between the lowest and the highest behind them."""
    out = []
    runs = [json.loads((pathlib.Path(folder) / "figures.json").read_text(encoding="utf-8")) for folder in folders]
    for name, measure, _ in COLUMNS:
        values = [run[name][arm][measure] for run in runs if arm in run.get(name, {})]
        spread = f" ±{(max(values) - min(values)) / 2:.3f}" if len(values) > 1 else ""
        out.append(f"{np.mean(values):.3f}{spread}" if values else "–")
    return out


def main(rows):
    """A Markdown table: vectors alone, then BM25 and both fused of the last row."""
    print("| | " + " | ".join(heading for _, _, heading in COLUMNS) + " |")
    print("|---|" + "---|" * len(COLUMNS))
    named = [(row.split("=", 1)[0], row.split("=", 1)[1].split("+")) for row in rows]
    for label, folders in named:
        print(f"| {label} | " + " | ".join(cells(folders, "vector")) + " |")
    for arm, label in (("bm25", "BM25"), ("fused", f"{named[-1][0]}, fused")):
        print(f"| {label} | " + " | ".join(cells(named[-1][1][:1], arm)) + " |")


if __name__ == "__main__":
    main(sys.argv[1:])
