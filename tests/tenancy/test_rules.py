"""Pure decisions: opening hours over clock changes and midnight, ranks, e-mails, code lists."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvad.kernel.errors import Invalid
from samvad.tenancy import rules
from samvad.tenancy.errors import NotYourRank
from samvad.tenancy.hours import WEEKDAYS, BadHours, BusinessHours
from samvad.tenancy.types import Permission, Role, TenantSettings

KOLKATA, BERLIN = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/Berlin")
OFFICE = BusinessHours.from_json({day: [["09:00", "18:00"]] for day in WEEKDAYS[:5]})
BAR = BusinessHours.from_json({"fri": [["18:00", "02:00"]]})


def at(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-02T08:59:59", False), ("2026-03-02T09:00:00", True), ("2026-03-02T17:59:59", True),
        ("2026-03-02T18:00:00", False), ("2026-03-07T12:00:00", False),  # a Saturday
    ],
)  # fmt: skip
def test_office_hours_in_local_time(moment: str, expected: bool) -> None:
    assert rules.is_open(OFFICE, at(moment, KOLKATA).astimezone(UTC), KOLKATA) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [("2026-03-06T17:59:00", False), ("2026-03-06T23:30:00", True), ("2026-03-07T01:59:00", True),
     ("2026-03-07T02:00:00", False), ("2026-03-06T01:00:00", False)],
)  # fmt: skip
def test_past_midnight(moment: str, expected: bool) -> None:
    assert rules.is_open(BAR, at(moment, BERLIN), BERLIN) is expected


def test_no_hours_is_always_open() -> None:
    moment = at("2026-03-07T03:00:00", KOLKATA)
    assert rules.is_open(BusinessHours(), moment, KOLKATA)
    assert rules.next_opening(BusinessHours(), moment, KOLKATA) == moment


def test_the_hour_that_is_skipped() -> None:
    """Berlin, Sunday 2026-03-29: 02:00 becomes 03:00."""
    night = BusinessHours.from_json({"sun": [["02:30", "04:00"]]})
    assert not rules.is_open(night, datetime(2026, 3, 29, 0, 59, tzinfo=UTC), BERLIN)
    assert rules.next_opening(night, datetime(2026, 3, 28, tzinfo=UTC), BERLIN) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    swallowed = BusinessHours.from_json({"sun": [["02:15", "02:45"]]})
    assert rules.next_opening(swallowed, datetime(2026, 3, 22, 12, tzinfo=UTC), BERLIN) >= datetime(
        2026, 3, 29, tzinfo=UTC
    )


def test_the_hour_that_comes_twice() -> None:
    """Berlin, Sunday 2026-10-25: 03:00 summer time becomes 02:00 again."""
    night = BusinessHours.from_json({"sun": [["02:30", "05:00"]]})
    assert rules.is_open(night, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), BERLIN)
    assert rules.is_open(night, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), BERLIN)
    assert rules.is_open(night, datetime(2026, 10, 25, 3, 59, tzinfo=UTC), BERLIN)
    assert not rules.is_open(night, datetime(2026, 10, 25, 4, 0, tzinfo=UTC), BERLIN)


def test_opening_time_follows_the_wall_clock_over_a_change() -> None:
    friday = at("2026-03-27T18:00:00", BERLIN)
    assert rules.next_opening(OFFICE, friday, BERLIN) == at("2026-03-30T09:00:00", BERLIN)
    assert rules.next_opening(OFFICE, friday, BERLIN).hour == 7  # 08 UTC the week before


_spans = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda span: span[0] != span[1])


_years = st.integers(1_577_836_800, 1_893_456_000).map(lambda unix: datetime.fromtimestamp(unix, UTC))


@given(st.dictionaries(st.sampled_from(WEEKDAYS), _spans, min_size=1), _years)
def test_next_opening_is_open_and_nothing_before_it_is(
    days: dict[str, tuple[int, int]], moment: datetime
) -> None:
    hours = BusinessHours.from_json({
        day: [[f"{a // 60:02}:{a % 60:02}", f"{b // 60:02}:{b % 60:02}"]] for day, (a, b) in days.items()
    })  # fmt: skip
    opening = rules.next_opening(hours, moment, KOLKATA)
    assert opening >= moment
    assert rules.is_open(hours, opening, KOLKATA)
    assert rules.is_open(hours, moment, KOLKATA) == (opening == moment)
    assert BusinessHours.from_json(hours.to_json()) == hours


@pytest.mark.parametrize("hours", [
    {"xyz": []}, {"mon": [["25:00", "26:00"]]}, {"mon": [["09:00", "09:00"]]}, {"mon": [["24:00", "09:00"]]},
    {"mon": [["9:00", "10:00"]]}, {"mon": [["09:00", "12:00"], ["11:59", "13:00"]]}, {"mon": [[]]},
])  # fmt: skip
def test_hours_that_are_none(hours: dict[str, list[list[str]]]) -> None:
    with pytest.raises(BadHours):
        BusinessHours.from_json(hours)


def test_a_whole_day() -> None:
    day = BusinessHours.from_json({"mon": [["00:00", "24:00"]]})
    assert rules.is_open(day, at("2026-03-02T23:59:59", KOLKATA), KOLKATA)
    assert not rules.is_open(day, at("2026-03-03T00:00:00", KOLKATA), KOLKATA)
    assert day.to_json() == {"mon": [["00:00", "24:00"]]}


def test_each_role_may_all_that_the_one_below_may() -> None:
    ladder = [rules.PERMISSIONS[role] for role in (Role.VIEWER, Role.AGENT, Role.ADMIN, Role.OWNER)]
    for lower, higher in pairwise(ladder):
        assert lower <= higher
    assert not [p for p in ladder[0] if p.endswith(":write")]
    assert {Permission.MEMBERS_WRITE, Permission.API_KEYS_WRITE}.isdisjoint(rules.GRANTABLE)


def test_only_an_owner_touches_owners() -> None:
    rules.may_manage(Role.OWNER, Role.OWNER, Role.AGENT)
    rules.may_manage(Role.ADMIN, Role.ADMIN, Role.AGENT)
    rules.may_manage(None, Role.OWNER)
    for target in ((Role.OWNER, Role.AGENT), (Role.AGENT, Role.OWNER)):
        with pytest.raises(NotYourRank):
            rules.may_manage(Role.ADMIN, *target)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "a",
        "@b.c",
        "a@",
        "a@b.",
        "a@.b",
        "a@b@c",
        "a b@c.d",
        "a@b.c\x00",
        "a@\ud800.c",
        "x" * 250 + "@b.cd",
    ],
)
def test_not_an_email(email: str) -> None:
    with pytest.raises(Invalid):
        rules.normal_email(email)


def test_email_is_compared_in_one_form() -> None:
    assert rules.normal_email("  Ann@Example.COM ") == "ann@example.com"
    assert rules.normal_email("owner@localhost") == "owner@localhost"


@pytest.mark.parametrize(("name", "slug"), [
    ("Dairy Farm", "dairy-farm"), ("Été & Co.", "t-co"), ("दूध", "tenant"), ("x" * 60, "x" * 40),
    ("-", "tenant"),
])  # fmt: skip
def test_slugs(name: str, slug: str) -> None:
    assert rules.slug_of(name) == slug
    rules.check_slug(slug)


def test_settings_name_every_wrong_field() -> None:
    with pytest.raises(Invalid) as failure:
        rules.check_settings(TenantSettings("", "Nowhere/Land", "QQ", "QQQ"))
    assert [e.field for e in failure.value.errors] == ["name", "time_zone", "country", "currency"]
