"""What Meta says of a number: read from its page, in our words."""

from typing import Any

import pytest

from samvad.channels.adapters.meta.standing import read
from samvad.channels.types import UNLIMITED, Quality, Standing

PAGE = {
    "id": "1", "verified_name": "Gokul Dairy", "quality_rating": "YELLOW",
    "throughput": {"level": "STANDARD"}, "name_status": "AVAILABLE_WITHOUT_REVIEW", "status": "CONNECTED",
    "messaging_limit_tier": "TIER_1K",
}  # fmt: skip


def test_a_page() -> None:
    assert read(PAGE) == Standing(
        Quality.MEDIUM, "standard", "Gokul Dairy", "available_without_review", "connected", 1000
    )


@pytest.mark.parametrize(
    ("said", "daily"),
    [
        ({"whatsapp_business_manager_messaging_limit": "TIER_2K"}, 2000),
        ({"whatsapp_business_manager_messaging_limit": "TIER_UNLIMITED"}, UNLIMITED),
        ({"whatsapp_business_manager_messaging_limit": "TIER_NOT_SET"}, 1000),
        ({"messaging_limit_tier": "TIER_ODD"}, None),
        ({"messaging_limit_tier": {"a": 1}}, None),
    ],
)
def test_its_limit(said: dict[str, Any], daily: int | None) -> None:
    assert read(PAGE | said).daily == daily


def test_anything_at_all() -> None:
    assert read({}) == Standing()
    odd: Any = {"quality_rating": "PURPLE", "throughput": "x", "status": "<b>", "name_status": 5}
    assert read(odd) == Standing()
