"""The golden table: each `<name>.json` of the wire gives exactly the items of `<name>.expected.json`.

`SAMVAD_REGENERATE=1` writes the expectations anew; read their diff before you commit it.
"""

import json
import os
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samvad.channels.adapters.meta import envelope
from samvad.channels.types import Identity, Item

PAYLOADS = Path(__file__).parents[1] / "payloads" / "meta"
LATEST = datetime(2027, 1, 1, tzinfo=UTC)
CASES = sorted(path.stem for path in PAYLOADS.glob("*.json") if not path.stem.endswith(".expected"))


def shown(value: object) -> object:
    """Without what is empty: short enough to be read by eye."""
    if isinstance(value, Identity):
        return f"{value.kind.value}:{value.value}"
    if is_dataclass(value) and not isinstance(value, type):
        pairs = ((field.name, shown(getattr(value, field.name))) for field in fields(value))
        return {name: entry for name, entry in pairs if entry not in (None, "", {}, [])}
    if isinstance(value, tuple):
        return [shown(entry) for entry in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if hasattr(value, "hex") and not isinstance(value, float) else value


def item(found: Item) -> dict[str, object]:
    event = shown(found.event)
    assert isinstance(event, dict)
    return {"to": f"{found.account}/{found.address}", "is": type(found.event).__name__, **event}


def dump(items: list[dict[str, object]]) -> str:
    return json.dumps(items, indent=1) + "\n"


def test_the_table_is_large() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_payload(name: str) -> None:
    items = [item(found) for found in envelope.parse((PAYLOADS / f"{name}.json").read_bytes(), latest=LATEST)]
    expected = PAYLOADS / f"{name}.expected.json"
    if os.environ.get("SAMVAD_REGENERATE"):
        expected.write_text(dump(items))
    assert dump(items) == expected.read_text()
