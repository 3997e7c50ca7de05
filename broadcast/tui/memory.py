"""Making much at once without Python stopping everything to look for garbage.

A script of ten thousand rows is a million objects. Looking through them takes a quarter of a
second in which no key is heard, again and again while more are made, and none of it is garbage:
rows refer to nothing that refers back.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

MANY = 1000
"""Rows from which on it is worth it."""


@contextmanager
def undisturbed(rows: int = MANY) -> Iterator[None]:
    """Look for no garbage meanwhile; what was made counts as old afterwards.

    Args:
        rows: how much is made; for few rows nothing is changed.
    """
    if rows < MANY or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        # Both together move all there is among the old, without looking at it.
        gc.freeze()
        gc.unfreeze()
        gc.enable()
