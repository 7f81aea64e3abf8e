#!/bin/sh
# Trains the embedding model from the data folder and puts it into models/deskmate-embed-2.
# DESKMATE_DATA  the data folder (default: ../shared/data beside the project)
# PYTHON, NODE   interpreters (default: python3; the project's own Node, else the one on the path)
# Extra arguments go to train.py. One core is enough: about 8 CPU minutes.
set -eu
cd "$(dirname "$0")"
if [ -z "${PYTHON:-}" ]; then
  for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import torch, onnx, scipy' 2>/dev/null; then PYTHON=$candidate; break; fi
  done
fi
[ -n "${PYTHON:-}" ] || { echo "needs a Python 3 with torch, onnx, numpy and scipy (see README.md)" >&2; exit 1; }
if [ -z "${NODE:-}" ]; then
  NODE=node
  [ -x ../../node_modules/.bin/node ] && NODE=../../node_modules/.bin/node
fi
command -v opencc >/dev/null || { echo "needs the opencc command" >&2; exit 1; }
export PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1
"$PYTHON" train.py "$@"
"$PYTHON" export.py
"$PYTHON" evaluate.py
"$PYTHON" evalsets.py
"$NODE" parity.mjs
"$PYTHON" card.py --install
