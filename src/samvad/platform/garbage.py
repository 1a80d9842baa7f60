"""The collector of cyclic garbage, told what a server keeps anyway."""

import gc

_YOUNG = 10_000  # new containers between two looks; Python's 700 looks hundreds of times a second


def spare_what_stays() -> None:
    """Once everything that lives as long as the process is loaded: the collector never walks it again.

    A full collection over modules, models and route tables stopped the event loop for tens of milliseconds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 10)
