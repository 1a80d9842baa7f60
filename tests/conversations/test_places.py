"""Where a message stands in its thread: the provider's second, then arrival."""

from datetime import UTC, datetime, timedelta

from samvad.conversations.rules import place_in_timeline

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def after_a_reply(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_the_first_message_of_a_second_stands_where_the_provider_says() -> None:
    assert place_in_timeline(NOON, after=(after_a_reply(-1), None)) == NOON


def test_a_message_of_the_second_of_our_reply_comes_after_it() -> None:
    assert place_in_timeline(NOON, after=(after_a_reply(0.7), NOON)) == after_a_reply(0.7) + TICK


def test_a_reply_of_a_later_second_does_not_part_two_messages_of_one_second() -> None:
    """The third of three quick messages, taken in after the reply to the first two, follows the second."""
    second_of_three = NOON + TICK
    assert place_in_timeline(NOON, after=(after_a_reply(1.2), second_of_three)) == second_of_three + TICK


def test_an_older_message_keeps_its_own_time() -> None:
    older = NOON - timedelta(minutes=5)
    assert place_in_timeline(older, after=(NOON, NOON)) == older
