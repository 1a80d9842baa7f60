"""`samvad ai TASK`: every row answered in its place, bad ones named, a broken run gone on with."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from samvad.cli.ai import judge_all
from samvad.cli.ai_tasks import TASKS, Judgement, Row
from samvad.cli.main import build
from tests.cli.rows import ROWS, texts

STOP = {"id": 1, "text": "please stop messaging me"}
PRICE = {"id": "b", "text": "how much is the two litre bottle?"}


def no_installation() -> None:
    raise AssertionError("judging needs no installation")


def ai(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(build(no_installation), ["ai", *arguments], input=stdin)  # type: ignore[arg-type]


def lines(*rows: object) -> str:
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def answers(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("task", TASKS)
def test_every_task_says_who_what_and_how_sure(task: str) -> None:
    options, rows = ROWS[task]
    said = ai(task, *options, stdin=lines(*rows))
    assert said.exit_code == 0, said.stderr
    found = answers(said.stdout)
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    sure = [row["confidence"] for row in found]
    assert all(0 <= each <= 1 for each in sure)
    assert len(set(sure)) > 2, "a confidence of one or two values says nothing"


def test_opt_out_and_language_are_those_of_the_product() -> None:
    said = answers(ai("optout", stdin=lines(STOP, PRICE)).stdout)
    assert [(row["id"], row["optout"]) for row in said] == [(1, True), ("b", False)]
    spoken = lines(*texts("onde fica a loja de vocês?", "kitna paisa lagega bhai"))
    assert [row["lang"] for row in answers(ai("language", stdin=spoken).stdout)] == ["pt", "hinglish"]


def test_a_bad_row_is_named_and_stops_nobody() -> None:
    bad = ["not json", "[1]", '{"text": "no id"}', '{"id": 7}', '{"id": 8, "text": 5}', '{"id": "\\ud800"}']
    said = ai("optout", stdin="\ufeff" + "\n".join([json.dumps(STOP), *bad, "", json.dumps(PRICE)]))
    assert said.exit_code == 0
    first, *wrong, last = answers(said.stdout)
    assert (first["id"], last["id"]) == (1, "b")
    assert [row["id"] for row in wrong] == [None, None, None, 7, 8, None]
    assert all(row["error"] and "confidence" not in row for row in wrong)
    assert "8 rows, 6 of them could not be judged" in said.stderr


def test_a_fault_of_ours_stops_nobody_and_is_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows, out = tmp_path / "rows", tmp_path / "out"
    rows.write_text(lines(STOP, PRICE))

    def judge(row: Row) -> Judgement:
        return Judgement({"first": ["only"][row["id"] != 1]}, 0.5)

    judge_all("faulty", judge, rows, out, resume=False)
    first, second = answers(out.read_text())
    assert first == {"id": 1, "first": "only", "confidence": 0.5}
    assert (second["id"], "IndexError" in second["error"]) == ("b", True)
    assert "IndexError" in capfd.readouterr().err


def test_files_that_cannot_be_used_are_exit_status_2(tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    rows.write_text(lines(STOP))
    for source, target in (
        (tmp_path / "missing", tmp_path / "out"),
        (tmp_path, tmp_path / "out"),
        (rows, tmp_path / "missing" / "out"),
        (rows, rows),
    ):
        said = ai("optout", "--in", str(source), "--out", str(target))
        assert said.exit_code == 2
        assert said.stderr.count("\n") == 1
    assert rows.read_text() == lines(STOP)
    assert not (tmp_path / "out").exists()


def test_a_broken_run_goes_on_where_it_ended(tmp_path: Path) -> None:
    rows, out = tmp_path / "rows", tmp_path / "out"
    many = [{"id": i % 7, "text": f"is number {i} free?"} for i in range(1200)]  # ids may repeat
    rows.write_text(lines(*many))
    command = ("optout", "--in", str(rows), "--out", str(out))
    assert "500 rows" in ai(*command).stderr
    whole = out.read_bytes()
    written = whole.splitlines(keepends=True)
    kept = b'{"id":0,"optout":"kept"}\n'
    out.write_bytes(kept + b"".join(written[1:800]) + written[800][:9])
    assert ai(*command, "--resume").exit_code == 0
    assert out.read_bytes() == kept + b"".join(written[1:])
    assert ai(*command).exit_code == 0
    assert out.read_bytes() == whole


def test_answers_to_other_rows_are_not_gone_on_with(tmp_path: Path) -> None:
    rows, out = tmp_path / "rows", tmp_path / "out"
    rows.write_text(lines(STOP))
    out.write_text(lines({"id": "other"}))
    said = ai("optout", "--in", str(rows), "--out", str(out), "--resume")
    assert said.exit_code == 2
    assert "other rows" in said.stderr
    assert out.read_text() == lines({"id": "other"})
