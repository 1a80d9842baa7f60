"""`samvad eval`: questions to a folder of documents, the report, and what is wrong with a folder."""

import json
from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from samvad.cli.main import build
from tests.cli.test_ai import no_installation

PANEER = {
    "id": "1",
    "question": "what does paneer cost?",
    "answerable": True,
    "must": ["420"],
    "source": "p.csv",
}
VISA = {"id": "2", "question": "can you renew my passport?", "answerable": False, "must": [], "source": None}


def evaluated(shop: Path, *options: str) -> Result:
    return CliRunner().invoke(build(no_installation), ["eval", str(shop), *options])  # type: ignore[arg-type]


def test_each_bar_is_held_or_named_and_what_is_wrong_with_a_folder_said(tmp_path: Path) -> None:
    said = evaluated(tmp_path)
    assert (said.exit_code, "business.toml: No such file" in said.stderr) == (2, True)
    (tmp_path / "business.toml").write_text(
        'name = "Shubhra"\ntime_zone = "Asia/Kolkata"\ncountry = "IN"\ncurrency = "INR"\nlanguage = "en"\n'
    )
    (tmp_path / "knowledge").mkdir()
    (tmp_path / "knowledge" / "p.csv").write_text("Item,Price\nPaneer,₹420\nCurd,₹45\n")
    (tmp_path / "questions.jsonl").write_text(json.dumps(PANEER) + "\n\n{}\n")
    said = evaluated(tmp_path)
    assert (said.exit_code, "questions.jsonl, line 3: 'id' is missing" in said.stderr) == (2, True)
    (tmp_path / "questions.jsonl").write_text(f"{json.dumps(PANEER)}\n{json.dumps(VISA)}\n")
    said = evaluated(tmp_path)
    assert said.exit_code == 0, said.output
    assert "all: 2 questions, right 1.000, wrong 0.000, refused 1.000, cited 1.000" in said.stdout
    wrong = PANEER | {"must": ["500"]}
    (tmp_path / "questions.jsonl").write_text(json.dumps(wrong))
    said = evaluated(tmp_path, "--failures")
    assert (said.exit_code, "missed: right, wrong" in said.stderr) == (1, True)
    assert "wrong: 1 what does paneer cost?\n    Paneer is ₹420." in said.stdout
