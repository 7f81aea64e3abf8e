"""Everything that two modules must agree on: places, seeds, sizes. No absolute paths."""
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = Path(os.environ.get("DESKMATE_DATA", ROOT.parent / "shared" / "data"))
BUILD = Path(os.environ.get("DESKMATE_BUILD", HERE / "build"))
CORPUS = HERE / "corpus"
# What deskmate-embed-1 was trained on. The files written since wait for its successor; DESKMATE_CORPUS=all takes them in.
CORPUS_FILES = ("aftercare_service", "logistics_orders", "more_situations", "presale_price", "returns", "terms")
TAKES_ALL = os.environ.get("DESKMATE_CORPUS") == "all"
NOT_INTENTS = ("neighbours",)
MODEL_ID = "deskmate-embed-1"
MODEL_DIR = HERE.parent / MODEL_ID
VERSION = "1.0.0"

SEED = 20250
DIMS = 256
VOCAB_SIZE = 18000
TRAIN_TOKENS = 96  # longer training texts are cut here
MAX_TOKENS = 256  # what the shipped tokenizer cuts at
TATOEBA_HOLDOUT = 1000
DIALOG_HOLDOUT = 1000
INTENT_QUERY_SHARE = 0.2
