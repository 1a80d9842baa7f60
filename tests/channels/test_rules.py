"""The tables of kinds, progress and reactions, each read from outside."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvad.channels import errors, rules
from samvad.channels.rules import Backoff, Outcome, Reaction, advance, needs_eyes, reaction
from samvad.channels.types import Delivery, Kind

SENT, DELIVERED, READ, PLAYED, FAILED, ODD = (
    Delivery.SENT, Delivery.DELIVERED, Delivery.READ, Delivery.PLAYED, Delivery.FAILED, Delivery.UNKNOWN_WORD,
)  # fmt: skip


class TestKinds:
    def test_the_kinds_without_a_reply_are_a_closed_list(self) -> None:
        silent = {Kind.REACTION, Kind.EDIT, Kind.REVOKE, Kind.SYSTEM, Kind.STICKER}
        ours = {Kind.BUTTONS, Kind.LIST, Kind.CTA_URL, Kind.LOCATION_REQUEST, Kind.TEMPLATE, Kind.FLOW}
        assert silent == rules.TIMELINE_ONLY
        assert set(Kind) - rules.TRIGGERS == silent | ours

    @pytest.mark.parametrize(
        ("kind", "text", "expected"),
        [
            (Kind.TEXT, "", False),
            (Kind.TEXT, "price?", False),
            (Kind.IMAGE, "", True),
            (Kind.IMAGE, " \n", True),
            (Kind.IMAGE, "how much is this?", False),
            (Kind.VOICE, "", True),
            (Kind.DOCUMENT, "invoice", False),
            (Kind.LOCATION, "Home", True),
            (Kind.CONTACTS, "Ravi", True),
            (Kind.UNSUPPORTED, "", True),
            (Kind.BUTTON_REPLY, "Yes", False),
            (Kind.QUICK_REPLY, "Stop", False),
        ],
    )
    def test_what_only_a_person_can_answer(self, kind: Kind, text: str, expected: bool) -> None:
        assert needs_eyes(kind, text) is expected


class TestProgress:
    @pytest.mark.parametrize(
        ("current", "event", "expected"),
        [
            (None, SENT, SENT),
            (None, READ, READ),
            (None, FAILED, FAILED),
            (None, ODD, None),
            (SENT, SENT, SENT),
            (SENT, DELIVERED, DELIVERED),
            (SENT, FAILED, FAILED),
            (SENT, ODD, SENT),
            (DELIVERED, SENT, DELIVERED),
            (DELIVERED, FAILED, DELIVERED),
            (DELIVERED, READ, READ),
            (READ, DELIVERED, READ),
            (READ, FAILED, READ),
            (READ, PLAYED, PLAYED),
            (PLAYED, READ, PLAYED),
            (FAILED, SENT, FAILED),
            (FAILED, DELIVERED, DELIVERED),
            (FAILED, FAILED, FAILED),
        ],
    )
    def test_forward_only(self, current: Delivery | None, event: Delivery, expected: Delivery | None) -> None:
        assert advance(current, event) is expected

    @given(st.lists(st.sampled_from(Delivery), max_size=5))
    def test_neither_order_nor_repetition_matters(self, events: list[Delivery]) -> None:
        ends = set()
        for order in [*permutations(events), events + events]:
            state: Delivery | None = None
            for event in order:
                state = advance(state, event)
            ends.add(state)
        assert len(ends) == 1


class TestBackoff:
    @pytest.mark.parametrize(
        ("failure", "waits"),
        [
            (errors.Transient, [2, 4, None]),
            (errors.RecipientThrottled, [4, 16, 64, 256, None]),
            (errors.SpamLimited, [3600, 7200, None]),
            (errors.NumberThrottled, [2, 4, 8, 16, 32, 64, 128, 256, 512, None]),
        ],
    )
    def test_waits(self, failure: type[errors.SendError], waits: list[float | None]) -> None:
        backoff = reaction(failure.code).backoff
        assert backoff is not None
        assert [backoff.wait(n, jitter=0) for n in range(1, len(waits) + 1)] == waits

    def test_jitter_only_adds_up_to_a_quarter(self) -> None:
        backoff = Backoff(first=4, factor=4, attempts=3)
        assert backoff.wait(2, jitter=0) == 16
        assert backoff.wait(2, jitter=0.5) == 18
        assert backoff.wait(0, jitter=0) == backoff.wait(1, jitter=0) == 4


_SHOWN = ("stop_channel", "pause_number", "rest_bulk", "opt_out", "alert")


class TestReactions:
    @pytest.mark.parametrize(
        ("failure", "expected"),
        [
            (errors.OutcomeUnknown, {"outcome": Outcome.UNKNOWN}),
            (errors.Transient, {"outcome": Outcome.RETRY}),
            (errors.NumberThrottled, {"outcome": Outcome.RETRY, "pause_number": 2}),
            (errors.RecipientThrottled, {"outcome": Outcome.RETRY}),
            (errors.SpamLimited, {"outcome": Outcome.RETRY, "rest_bulk": 3600, "alert": True}),
            (errors.CredentialsRejected, {"outcome": Outcome.RETRY, "stop_channel": True, "alert": True}),
            (errors.ChannelBlocked, {"outcome": Outcome.RETRY, "stop_channel": True, "alert": True}),
            (errors.WindowClosed, {"outcome": Outcome.FAIL}),
            (errors.RecipientOptedOut, {"outcome": Outcome.FAIL, "opt_out": True}),
            (errors.RecipientUnreachable, {"outcome": Outcome.FAIL}),
            (errors.TryTomorrow, {"outcome": Outcome.FAIL}),
            (errors.Rejected, {"outcome": Outcome.FAIL, "alert": True}),
        ],
    )
    def test_each_failure(self, failure: type[errors.SendError], expected: dict[str, object]) -> None:
        found = reaction(failure.code)
        plain = Reaction(found.outcome, found.backoff)
        shown = {name: getattr(found, name) for name in _SHOWN}
        assert {k: v for k, v in shown.items() if v != getattr(plain, k)} | {
            "outcome": found.outcome
        } == expected

    def test_every_send_error_has_one(self) -> None:
        classes = {errors.SendError, *errors.SendError.__subclasses__()}
        assert {c.code for c in classes} == set(rules.REACTIONS)
        assert len(classes) == len(rules.REACTIONS)

    def test_retries_wait_unless_the_channel_stops(self) -> None:
        for found in rules.REACTIONS.values():
            waits = found.backoff is not None
            assert waits == (found.outcome is Outcome.RETRY and not found.stop_channel)

    def test_an_unheard_of_code_fails_loudly(self) -> None:
        assert reaction("from the future") == Reaction(Outcome.FAIL, alert=True)
