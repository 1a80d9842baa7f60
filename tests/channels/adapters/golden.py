"""Golden tables: each payload of the wire gives exactly the items of its `.expected.json`.

`SAMVAD_REGENERATE=1` writes the expectations anew; read their diff before you commit it.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path

from samvad.channels.types import Identity, Item

PAYLOADS = Path(__file__).parents[1] / "payloads"


def cases(provider: str) -> list[Path]:
    """Payloads of this provider, without their expectations."""
    found = (PAYLOADS / provider).iterdir()
    return sorted(path for path in found if not path.name.endswith(".expected.json"))


def check(case: Path, items: Sequence[Item]) -> None:
    said = dump([item(found) for found in items])
    expected = case.with_name(f"{case.stem}.expected.json")
    if os.environ.get("SAMVAD_REGENERATE"):
        expected.write_text(said)
    assert said == expected.read_text()


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
