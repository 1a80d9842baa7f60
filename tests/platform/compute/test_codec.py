"""What travels to the compute process comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvad.platform.compute.codec import HEADER, LARGEST, TooLarge, length, pack, unpack

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
LEAVES = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT | st.binary()
VALUES = st.recursive(
    LEAVES | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(TEXT.filter(lambda key: "\x00" not in key), inner),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_survives_the_journey(value: object) -> None:
    packed = pack(value)
    size = length(packed[: HEADER.size])
    assert size == len(packed) - HEADER.size
    assert unpack(packed[HEADER.size :]) == value


def test_tuples_arrive_as_lists() -> None:
    assert unpack(pack((1, (b"x",)))[HEADER.size :]) == [1, [b"x"]]


def test_an_object_is_refused() -> None:
    with pytest.raises(TypeError):
        pack(object())


def test_a_header_out_of_step_is_refused() -> None:
    with pytest.raises(TooLarge):
        length(HEADER.pack(LARGEST + 1))
