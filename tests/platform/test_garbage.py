"""The collector passes over what stays, and still takes what goes."""

import subprocess
import sys

_PROGRAM = """
import gc, weakref
from samvad.platform.garbage import spare_what_stays

class Knot:
    def __init__(self): self.own = self

spare_what_stays()
frozen, pauses = gc.get_freeze_count(), []
gc.callbacks.append(lambda phase, info: pauses.append(info["generation"]))
first = weakref.ref(Knot())
kept = [Knot() for _ in range(20_000)]
print(frozen > 1_000, first() is None, 0 < len(pauses) <= 8, 2 in pauses)
"""


def test_cycles_go_and_start_up_is_not_walked_again() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True", "False"]
