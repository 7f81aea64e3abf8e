"""Everything that two modules must agree on: places, seeds, sizes. No absolute paths."""
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
DATA = Path(os.environ.get("DESKMATE_DATA", ROOT.parent / "shared" / "data"))
BUILD = Path(os.environ.get("DESKMATE_BUILD", HERE / "build"))
CORPUS = HERE / "corpus"
# How many of the intents that may be trained on are: a milestone of the corpus. All when not set.
INTENT_LIMIT = int(os.environ.get("DESKMATE_INTENTS", "0")) or None
MODEL_ID = "deskmate-embed-2"
MODEL_DIR = HERE.parent / MODEL_ID
VERSION = "2.0.0"

SEED = int(os.environ.get("DESKMATE_SEED", "20250"))  # of the training alone
SPLIT_SEED = 20250  # of every slice that is held out: the same for all seeds, so that figures compare
DIMS = 256
VOCAB_SIZE = 18000
TRAIN_TOKENS = 96  # longer training texts are cut here
MAX_TOKENS = 256  # what the shipped tokenizer cuts at
TATOEBA_HOLDOUT = 1000
DIALOG_HOLDOUT = 1000
INTENT_QUERY_SHARE = 0.2
