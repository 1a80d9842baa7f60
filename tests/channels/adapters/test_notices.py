"""News of a provider: each has a sentence of what happened, and the screen has what to do for each."""

import re
from pathlib import Path
from typing import Any

import pytest

from samvad.channels.adapters.evolution import events
from samvad.channels.adapters.green_api import notifications
from samvad.channels.adapters.meta import fields, notices, tidings

TEXTS = Path(__file__).parents[3] / "web/src/lib/i18n/en/alerts.ts"
GREEN = {*notifications._ALARMING.values(), "instance_state", "quota_exceeded", *events.ALARMS}
NAMES = sorted(fields._NOTICES | tidings.TOPICS | {"errors", "debugger"} | GREEN)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("part", ["title", "todo"])
def test_the_screen_has_words_of_its_own_for_each(name: str, part: str) -> None:
    texts = dict(re.findall(rf'"alert\.{part}\.(\w+)":\s+"((?:[^"\\]|\\.)*)"', TEXTS.read_text()))
    mine = texts.get(f"provider_{name}")
    assert mine, name
    nothing = part == "todo" and mine.startswith("Nothing")
    assert nothing or list(texts.values()).count(mine) == 1, mine


def test_each_of_metas_has_a_sentence_even_of_nothing() -> None:
    said = {name: notices.said(name, {}) for name in [*fields._NOTICES, "errors"]}
    assert len(set(said.values())) == len(said)
    assert all(" " in sentence and "_" not in sentence for sentence in said.values())


@pytest.mark.parametrize(
    ("field", "content", "sentence"),
    [
        ("account_alerts", {"alert_info": {"alert_description": "Verify your business"}},
         "Meta warns of the account: Verify your business"),
        ("account_alerts", {"alert_type": "OBA_APPROVED"}, "Meta warns of the account: oba approved"),
        ("account_review_update", {"decision": "REJECTED"}, "Meta has reviewed the account: rejected"),
        ("account_update", {"event": "ACCOUNT_RESTRICTION",
                            "restriction_info": [{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}]},
         "Meta restricts the account: restricted biz initiated messaging"),
        ("account_update", {"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "ADULT"}},
         "Meta says that the account broke its rules: adult"),
        ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
         "Meta has lifted the ban of the account"),
        ("account_update", {"event": "IN_ORBIT"}, "Meta changed something about the account: in orbit"),
        ("business_capability_update", {"max_daily_conversations_per_business": 2000},
         "The account may now write to 2000 people first within 24 hours"),
        ("business_capability_update", {"max_daily_conversations_per_business": "TIER_2K"},
         "What the account may do has changed"),
        ("phone_number_name_update", {"requested_verified_name": "Gokul", "decision": "REJECTED",
                                      "rejection_reason": "NAME_NOT_CONSISTENT"},
         "Meta has decided about 'Gokul' as the name: rejected (name not consistent)"),
        ("phone_number_quality_update", {"event": "FLAGGED", "current_limit": "TIER_1K"},
         "The number's quality is low: customers block or report it (limit tier 1k)"),
        ("phone_number_quality_update", {"event": "NEW"}, "The number's standing has changed: new"),
        ("security", {"event": "PIN_CHANGED"}, "The number's two-step PIN: pin changed"),
        ("flows", {"event": "ENDPOINT_ERROR_RATE", "message": "10 % of calls fail"},
         "Meta tells of a flow: 10 % of calls fail"),
        ("errors", {"code": 130429, "title": "Too fast", "error_data": {"details": "Slow down"}},
         "Meta reports an error of the number: Slow down (130429)"),
        ("security", {"event": "x" * 999}, "The number's two-step PIN: " + "x" * 273),
        ("account_update", {"event": ["x"], "ban_info": 7}, "Meta changed something about the account"),
        ("new_field", {}, "new field"),
    ],
)  # fmt: skip
def test_what_happened_is_said(field: str, content: dict[str, Any], sentence: str) -> None:
    assert notices.said(field, content) == sentence


@pytest.mark.parametrize(
    ("field", "content", "alarms", "ends"),
    [
        ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}, True, ""),
        ("account_update", {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}},
         False, "account_ban"),
        ("account_update", {"event": "ACCOUNT_RECONNECTED"}, False, "account_connection"),
        ("account_update", {"event": "PARTNER_ADDED"}, False, "account_connection"),
        ("account_update", {"event": "VOLUME_BASED_PRICING_TIER_UPDATE"}, False, ""),
        ("account_update", {"event": "IN_ORBIT"}, True, ""),
        ("account_alerts", {"alert_info": {"alert_type": "OBA_APPROVED"}}, False, "account_alerts"),
        ("account_alerts", {"alert_severity": "INFORMATIONAL"}, False, ""),
        ("account_review_update", {"decision": "APPROVED"}, False, "account_review_update"),
        ("account_review_update", {"decision": "PENDING"}, False, ""),
        ("phone_number_name_update", {"decision": "REJECTED"}, True, ""),
        ("phone_number_quality_update", {"event": "UNFLAGGED"}, False, "phone_number_quality_update"),
        ("phone_number_quality_update", {"event": "UPGRADE"}, False, "messaging_limit"),
        ("phone_number_quality_update", {"event": "DOWNGRADE"}, True, ""),
        ("phone_number_quality_update", {"event": "THROUGHPUT_UPGRADE"}, False, ""),
        ("flows", {"event": "FLOW_STATUS_CHANGE", "new_status": "BLOCKED"}, True, ""),
        ("flows", {"event": "FLOW_STATUS_CHANGE", "new_status": "PUBLISHED"}, False, ""),
        ("calls", {"event": "terminate"}, False, ""),
        ("security", {"event": "PIN_CHANGED"}, True, ""),
        ("new_field", {}, True, ""),
    ],
)  # fmt: skip
def test_good_news_alarm_nobody_and_end_the_bad(
    field: str, content: dict[str, Any], ends: str, *, alarms: bool
) -> None:
    found = tidings.of(field, content)
    assert (found.alarms, (found.topic or field) if found.ends else "") == (alarms, ends)
