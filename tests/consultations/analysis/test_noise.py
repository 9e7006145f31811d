"""Noise is even-handed, bounded, and the same for the same people."""

from __future__ import annotations

import numpy as np
import pytest

from consultations.analysis.noise import MOST_NOISE, WEIGHTS, noisy


@pytest.mark.parametrize("count", [1, 2, 3])
def test_noise_has_mean_zero_and_variance_two(count: int) -> None:
    steps = np.arange(-count, MOST_NOISE + 1)
    weights = np.array(WEIGHTS[count])
    assert weights.sum() == 2**16
    assert (weights * steps).sum() == 0
    assert (weights * steps**2).sum() / 2**16 == pytest.approx(2, abs=2e-4)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_noise_has_the_greatest_entropy_under_its_constraints(count: int) -> None:
    steps = np.arange(-count, MOST_NOISE + 1.0)
    # log p = a + b v + c v² and nothing else is what greatest entropy means here (Giessing 2016, section 2).
    logs = np.log(np.array(WEIGHTS[count]) / 2**16)
    assert np.abs(np.polyval(np.polyfit(steps, logs, 2), steps) - logs).max() < 2e-3


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 100])
def test_noise_stays_within_three_and_above_nobody(count: int) -> None:
    keys = np.arange(0, 2**16, 7, dtype=np.uint64) << np.uint64(16)
    drawn = set(noisy(np.full(len(keys), count), keys).tolist())
    assert drawn == ({0} if not count else set(range(max(0, count - 3), count + 4)))


def test_each_noise_comes_as_often_as_its_weight_says() -> None:
    keys = np.arange(2**16, dtype=np.uint64) << np.uint64(16)
    for count, weights in WEIGHTS.items():
        found = np.bincount(noisy(np.full(2**16, count), keys))
        assert found.tolist() == list(weights)


def test_only_the_sum_of_the_keys_modulo_their_size_counts() -> None:
    assert noisy(40, 123_456_789) == noisy(40, 123_456_789 + 5 * 2**32)
