"""The pure core: lives of a message, rate buckets, envelopes, ids, multipart."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvad.sandbox import envelope
from samvad.sandbox.behaviour import Behaviour, Latency, Order, Statuses, Until, Webhooks, merge
from samvad.sandbox.delivery import gap_ms, posts
from samvad.sandbox.ids import draw, wamid
from samvad.sandbox.jsonio import BadField, Fields, meta_bytes
from samvad.sandbox.judging import Bucket
from samvad.sandbox.multipart import parse_multipart
from samvad.sandbox.repository.webhooks import Queued
from samvad.sandbox.statuses import plan
from samvad.sandbox.types import Number, State, Webhook

ALL = ["sent", "delivered", "read"]


def number(id_: str, **webhooks: object) -> Number:
    habit = Behaviour(webhooks=replace(Webhooks(), **webhooks))
    return Number(id_, f"waba-{id_}", "+1", "t", "s", "http://x/", "v", "acme", behaviour=habit)


def queued(n: int, id_: str, **lists: list) -> Queued:
    value = envelope.value(number(id_), **lists)
    return Queued(n, 0, Webhook(id_, f"{id_}/{n}", "messages", value, due_ms=0))


@given(st.integers(), st.text(max_size=20), st.sampled_from([Until.DELIVERED, Until.READ]))
def test_a_disordered_life_has_the_same_states_and_never_their_order(seed, key, until):
    habit = Statuses(until=until, order=Order.DISORDERED)
    states = [step.state for step in plan(habit, failed_code=None, seed=seed, key=key)]
    ordered = ALL[: len(states)]
    assert sorted(states) == sorted(ordered)
    assert states != ordered
    assert states == [step.state for step in plan(habit, failed_code=None, seed=seed, key=key)]


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 5))
def test_an_ordered_life_is_ordered_whatever_its_times(sent, delivered, read, copies):
    habit = Statuses(until=Until.READ, sent_ms=sent, delivered_ms=delivered, read_ms=read, copies=copies)
    steps = plan(habit, failed_code=None, seed=1, key="k")
    first_seen = list(dict.fromkeys(step.state for step in steps))
    assert first_seen == ALL
    assert [s.after_ms for s in steps] == sorted(s.after_ms for s in steps)
    assert len(steps) == 3 * copies


def test_a_failure_is_the_only_status():
    [step] = plan(Statuses(until=Until.READ), failed_code=131026, seed=1, key="k")
    assert (step.state, step.code) == (State.FAILED, 131026)


def test_a_bucket_gives_its_burst_then_its_rate():
    bucket = Bucket.full(2, per_ms=1 / 1000, at_ms=0)
    for now_ms, left in [(0, True), (0, True), (0, False), (999, False), (1000, True), (1001, False)]:
        taken = bucket.take(now_ms)
        assert (taken is not None) is left
        bucket = taken or bucket


def test_gaps_double_up_to_the_cap():
    one = number("1", retry_base_ms=100, retry_cap_ms=1000)
    assert [gap_ms(one, n) for n in (0, 1, 2, 3, 4, 99)] == [100, 200, 400, 800, 1000, 1000]


def test_posts_keep_batches_and_carry_the_other_number():
    items = [queued(n, "1") for n in range(3)] + [queued(n, "2") for n in range(3, 5)]
    plain = posts(items, {"1": number("1", batch=2), "2": number("2")})
    assert [[q.id for q in p.items] for p in plain] == [[0, 1], [2], [3], [4]]
    shared = posts(items, {"1": number("1", share_post_with="2"), "2": number("2")})
    assert [[q.id for q in p.items] for p in shared] == [[0, 3], [1, 4], [2]]
    assert {p.sender.phone_number_id for p in shared} == {"1"}


def test_items_of_one_number_share_a_value_and_accounts_an_envelope():
    contact, other = {"wa_id": "5"}, {"wa_id": "6"}
    items = [
        ("a", queued(1, "1", contacts=[contact], messages=[{"id": "m1"}]).webhook),
        ("a", queued(2, "1", contacts=[contact], statuses=[{"id": "s1"}]).webhook),
        ("b", queued(3, "2", contacts=[other], messages=[{"id": "m2"}]).webhook),
    ]
    first, second = json.loads(envelope.compose(items))["entry"]
    assert (first["id"], second["id"]) == ("a", "b")
    [change] = first["changes"]
    assert change["value"]["contacts"] == [contact]
    assert change["value"]["messages"] == [{"id": "m1"}]
    assert change["value"]["statuses"] == [{"id": "s1"}]


@given(st.text())
def test_a_webhook_body_is_ascii_and_says_the_same(text):
    body = meta_bytes({"text": text, "url": "https://x/y"})
    assert body.isascii()
    assert b"https:\\/\\/x\\/y" in body
    assert json.loads(body)["text"] == text


def test_a_forged_signature_has_the_right_form():
    genuine = envelope.signature("secret", b"body")
    assert len(envelope.forged(genuine)) == len(genuine) == 71
    assert envelope.forged(genuine) != genuine


@given(st.integers(), st.text(max_size=9), st.integers(0, 50), st.integers(0, 50))
def test_draws_stay_in_their_range_and_repeat(seed, key, low, more):
    drawn = draw(seed, key, low=low, high=low + more)
    assert low <= drawn <= low + more
    assert drawn == draw(seed, key, low=low, high=low + more)


def test_ids_differ_by_seed_number_and_sequence():
    made = {wamid(s, n, q) for s in (1, 2) for n in ("1", "11") for q in range(1, 20)}
    assert len(made) == 2 * 2 * 19


def test_behaviour_survives_its_own_json():
    changed = merge(Behaviour(), Fields({"webhooks": {"latency": [5, 9]}, "sends": {"error_code": 190}}))
    assert changed.webhooks.latency == Latency(5, 9)
    assert merge(Behaviour(), Fields(json.loads(json.dumps(changed.as_json())))) == changed


@pytest.mark.parametrize("body", [b"", b"--b\r\n", b"--b\r\n\r\n--b", b"x--b--"])
def test_multipart_cut_short_is_refused(body):
    with pytest.raises(BadField):
        parse_multipart("multipart/form-data; boundary=b", body)
    with pytest.raises(BadField):
        parse_multipart("application/json", body)
