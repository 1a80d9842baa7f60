"""`samvad ai TASK`: the product's own judgement of each line of a file, without database or network."""

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import Annotated, BinaryIO

import orjson
import typer

from samvad.cli.ai_tasks import TASKS, Judge, Row, Task
from samvad.cli.output import why
from samvad.kernel.errors import Invalid, SamvadError

_STANDARD = Path("-")
_REPORT_EVERY = 500  # rows
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_HELP = """Judge JSON lines, one answer a row: {"id": 1, "text": "..."} comes back as {"id": 1, ...}."""

Source = Annotated[
    Path, typer.Option("--in", help='JSON lines as {"id": 1, "text": "..."}; - is standard input')
]
Target = Annotated[Path, typer.Option("--out", help="JSON lines, one answer each; - is standard output")]
Resume = Annotated[bool, typer.Option("--resume", help="go on after the answers that --out already holds")]

app = typer.Typer(name="ai", help=_HELP, no_args_is_help=True)


def _command(name: str, task: Task) -> Callable[..., None]:
    """`task` as a command: its parameters are options beside --in, --out and --resume."""

    def command(
        source: Source = _STANDARD, target: Target = _STANDARD, resume: Resume = False, **options: object
    ) -> None:
        try:
            judge_all(f"samvad ai {name}", task(**options), source, target, resume=resume)
        except (OSError, SamvadError) as failure:
            typer.echo(f"samvad ai {name}: {why(failure)}", err=True)
            raise typer.Exit(2) from failure

    shared = [p for p in signature(command).parameters.values() if p.kind is not Parameter.VAR_KEYWORD]
    command.__dict__["__signature__"] = Signature([*shared, *signature(task).parameters.values()])
    return command


for _name, _task in TASKS.items():
    app.command(_name, help=_task.__doc__)(_command(_name, _task))


def judge_all(title: str, judge: Judge, source: Path, target: Path, *, resume: bool) -> None:
    """Answers each row in order. Raises Invalid, OSError when a file cannot be used."""
    if source != _STANDARD and target != _STANDARD and source.resolve() == target.resolve():
        raise Invalid("--in and --out are the same file")
    with ExitStack() as files:
        lines = _lines(sys.stdin.buffer if source == _STANDARD else files.enter_context(source.open("rb")))
        count = _skip_answered(lines, target) if resume and target != _STANDARD else 0
        out = _opened(target, append=count > 0, files=files)
        wrong = 0
        for count, line in enumerate(lines, count + 1):  # noqa: B020 - goes on from what was there
            answer = _answer(judge, line)
            wrong += "error" in answer
            out.write(orjson.dumps(answer, option=orjson.OPT_APPEND_NEWLINE))
            out.flush()
            if count % _REPORT_EVERY == 0:
                typer.echo(f"{title}: {count} rows", err=True)
        typer.echo(f"{title}: {count} rows, {wrong} of them could not be judged", err=True)


def _opened(target: Path, *, append: bool, files: ExitStack) -> BinaryIO:
    if target == _STANDARD:
        return sys.stdout.buffer
    return files.enter_context(target.open("ab" if append else "wb"))


def _lines(file: Iterable[bytes]) -> Iterator[bytes]:
    """What is not blank, without the mark that some editors put first."""
    for line in file:
        if bare := line.removeprefix(_BYTE_ORDER_MARK).strip():
            yield bare


def _skip_answered(lines: Iterator[bytes], target: Path) -> int:
    """Passes over the rows that `target` answers, and cuts off an answer that was not written to its end.

    Raises Invalid when `target` answers other rows.
    """
    if not target.exists():
        return 0
    with target.open("r+b") as answers:
        whole, count = 0, 0
        for answer in answers:
            if not answer.endswith(b"\n"):
                break
            if _id(answer) != _id(next(lines, b"")):
                raise Invalid(f"{target} holds answers to other rows")
            whole, count = whole + len(answer), count + 1
        answers.truncate(whole)
    return count


def _id(line: bytes) -> object:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return row.get("id") if isinstance(row, dict) else None


def _answer(judge: Judge, line: bytes) -> dict[str, object]:
    """One row's answer, or what is wrong with the row; no row stops those after it."""
    row_id = _id(line)
    try:
        found = judge(_row(line))
    except SamvadError as wrong:
        return {"id": row_id, "error": wrong.detail}
    except Exception as fault:
        traceback.print_exc()
        return {"id": row_id, "error": f"this row met a fault of ours: {fault!r}"}
    return {"id": row_id, **found.fields, "confidence": round(found.confidence, 4)}


def _row(line: bytes) -> Row:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as wrong:
        raise Invalid(f"not JSON: {wrong}") from wrong
    if not isinstance(row, dict):
        raise Invalid("a row is a JSON object")
    if row.get("id") is None:
        raise Invalid("id: is needed")
    return row
