"""Whether two sets of addresses can be one person's."""

import pytest

from samvad.contacts.rules.people import Address, contradict

PHONE: Address = ("phone", "", "+919800000001")
OTHER: Address = ("phone", "", "+919800000002")
ANNA: Address = ("visitor", "shop", "anna")


def bsuid(value: str, portfolio: str = "p1") -> Address:
    return ("bsuid", portfolio, value)


@pytest.mark.parametrize(
    ("one", "other", "moved", "agree"),
    [
        ([PHONE], [bsuid("IN.1")], False, True),
        ([PHONE, ("wa_id", "", "919800000001")], [("wa_id", "", "919800000001"), bsuid("IN.1")], False, True),
        ([bsuid("IN.1")], [bsuid("IN.2")], False, False),
        ([bsuid("IN.1")], [bsuid("IN.2")], True, False),
        ([bsuid("IN.1")], [bsuid("IN.2", "p2")], False, True),
        ([("telegram", "", "1")], [("telegram", "", "2")], False, False),
        ([("lid", "g", "1"), PHONE], [("lid", "g", "2"), PHONE], False, False),
        ([PHONE], [OTHER], False, False),
        ([PHONE], [OTHER], True, True),
        ([ANNA, PHONE], [("visitor", "shop", "anna-on-her-laptop")], False, True),
        ([], [PHONE], False, True),
    ],
)
def test_what_a_person_has_one_of_tells_two_apart(
    one: list[Address], other: list[Address], moved: bool, agree: bool
) -> None:
    for first, second in ((one, other), (other, one)):
        assert (contradict(first, second, moved=moved) is None) == agree
