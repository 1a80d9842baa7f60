"""Readers of files and the embedding model; they run in the compute process and in commands."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: a second thread spins more than it helps
