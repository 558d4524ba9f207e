"""Insurers: what they send against what they are sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.insurance_split import LEAST_RATIO, referral_ratio, split_renewals


@pytest.mark.parametrize(("output", "premiums", "ratio"), [(90, 100, 9000), (89, 100, 8900), (0, 100, 0), (1, 3, 3333), (2, 3, 6667), (5, 0, None)])
def test_the_referral_ratio(output: int, premiums: int, ratio: int | None) -> None:
    assert referral_ratio(output, premiums) == ratio
    assert LEAST_RATIO == 9000


def test_renewals_by_rank() -> None:
    output = {"PICC": 500_000, "PAIC": 900_000, "CPIC": 100_000, "GPIC": 90_000, "YGBX": 0}
    assert split_renewals(10, output) == {"PICC": 3, "PAIC": 5, "CPIC": 2, "GPIC": 0, "YGBX": 0}
    assert split_renewals(11, output) == {"PICC": 3, "PAIC": 6, "CPIC": 2, "GPIC": 0, "YGBX": 0}
    assert split_renewals(8, {"PICC": 5, "PAIC": 5}) == {"PAIC": 5, "PICC": 3}
    assert split_renewals(8, {"PICC": 0}) == {"PICC": 0}


@given(st.integers(0, 1000), st.dictionaries(st.text(min_size=1, max_size=4), st.integers(0, 10**9), max_size=6))
def test_every_renewal_is_given_once_and_more_output_gets_no_less(renewals: int, output: dict[str, int]) -> None:
    counts = split_renewals(renewals, output)
    assert set(counts) == set(output)
    assert sum(counts.values()) == (renewals if any(output.values()) else 0)
    for code, count in counts.items():
        assert count >= 0
        assert all(count >= counts[other] for other in output if output[other] < output[code]) or not count
