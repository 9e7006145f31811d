"""The noise of a cell: looked up from its count and its cell key, so that the same people always get the same noise.

Cell-key method of the Australian Bureau of Statistics: Marley and Leaver, "A Method for Confidentialising User-Defined
Tables" (2011); Thompson, Broadfoot and Elazar, "Methodology for the Automatic Confidentialisation of Statistical
Outputs from Remote Servers at the ABS" (UNECE 2013). The distributions are those of maximum entropy under the given
constraints, as in the R package ptable (Giessing 2016).
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import numpy.typing as npt

#: The most that noise adds or takes away. Three: at our bases (50 to 3,000) more would drown regional differences, and
#: less would leave single cells readable.
MOST_NOISE = 3

#: Cell key -> place in the distribution: the highest 16 of its 32 bits.
CELL_KEY_BITS, DRAW_BITS = 32, 16

#: Count (3 stands for 3 and more) -> weight in 65,536ths of each noise from -min(count, 3) to +3.
#: Maximum entropy with mean 0 (exactly, in these whole numbers) and variance 2.000 (to four figures); never below zero
#: people. A count of 0 stays 0: noise on it would invent people, and nothing below 5 is shown anyway.
WEIGHTS = MappingProxyType(
    {
        1: (37675, 10316, 5144, 4672, 7729),
        2: (10987, 15291, 15989, 12563, 7416, 3290),
        3: (2448, 7334, 14165, 17642, 14165, 7334, 2448),
    }
)
#: (1 + 3, 7) what the draw is compared with: the noise grows by one with each step that is not above it.
_STEPS = np.full((1 + MOST_NOISE, 1 + 2 * MOST_NOISE), 2**DRAW_BITS, np.uint64)
for _count, _weights in WEIGHTS.items():
    _STEPS[_count, : len(_weights)] = np.cumsum(_weights)


def noisy(counts: npt.ArrayLike, key_sums: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """The counts with their noise, in an array of the same shape; `key_sums` are sums of the keys of the people."""
    exact = np.asarray(counts).astype(np.int64)
    known = np.minimum(exact, MOST_NOISE)
    draw = (np.asarray(key_sums).astype(np.uint64) % 2**CELL_KEY_BITS) >> np.uint64(CELL_KEY_BITS - DRAW_BITS)
    noise = (_STEPS[known] <= draw[..., np.newaxis]).sum(axis=-1) - known
    return np.asarray(exact + np.where(exact, noise, 0))
