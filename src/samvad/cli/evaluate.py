"""`samvad eval`: golden questions put to a business's own documents, and whether the bars hold."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from samvad.assistant.service.evaluation import Judged, Score, by_kind, judge, score
from samvad.cli.output import why
from samvad.kernel.errors import SamvadError

_LIBRARY = "samvad.knowledge.service.library"  # by name: no other command needs what reads files

Businesses = Annotated[
    list[Path],
    typer.Argument(
        exists=True, file_okay=False, help="folders of knowledge/, questions.jsonl, business.toml"
    ),
]
Right = Annotated[float, typer.Option("--right", help="least share of the answerable answered rightly")]
Wrong = Annotated[float, typer.Option("--wrong", help="greatest share of the answerable answered wrongly")]
Refused = Annotated[float, typer.Option("--refused", help="least share of the others left to a person")]
Cited = Annotated[float, typer.Option("--cited", help="least share of the answers with the right source")]
Failures = Annotated[bool, typer.Option("--failures", help="print each question that did not end well")]


def evaluate(
    businesses: Businesses,
    right: Right = 0.80,
    wrong: Wrong = 0.03,
    refused: Refused = 0.95,
    cited: Cited = 0.90,
    failures: Failures = False,
) -> None:
    """Ask the golden questions of these businesses; exit code 1 when a bar is missed over all of them."""
    read = import_module(_LIBRARY).Library.read
    every: list[Judged] = []
    for business in businesses:
        try:
            judged = judge(business, read(business / "knowledge"))
        except (OSError, KeyError, ValueError, SamvadError) as failure:
            typer.echo(f"samvad eval: {_why(business, failure)}", err=True)
            raise typer.Exit(2) from failure
        every += judged
        _show(business.name, score(judged))
        if failures:
            _show_failures(judged)
    total = score(every)
    _show("all", total)
    for kind, verdicts in by_kind(every).items():
        typer.echo(f"  {kind}: " + ", ".join(f"{n} {verdict}" for verdict, n in verdicts.most_common()))
    missed = [
        bar
        for bar, holds in (
            ("right", total.right >= right),
            ("wrong", total.wrong <= wrong),
            ("refused", total.refused >= refused),
            ("cited", total.cited >= cited),
        )
        if not holds
    ]
    if missed:
        typer.echo(f"samvad eval: missed: {', '.join(missed)}", err=True)
        raise typer.Exit(1)


def _why(business: Path, failure: Exception) -> str:
    if isinstance(failure, KeyError):
        return f"{business / 'business.toml'}: {failure} is missing"
    return why(failure) if isinstance(failure, OSError) else f"{business}: {failure}"


def _show(name: str, found: Score) -> None:
    typer.echo(
        f"{name}: {found.questions} questions, right {found.right:.3f}, wrong {found.wrong:.3f}, "
        f"refused {found.refused:.3f}, cited {found.cited:.3f}, confidence off by {found.gap:.3f}"
    )


def _show_failures(judged: list[Judged]) -> None:
    for one in judged:
        if one.verdict not in ("right", "refused"):
            typer.echo(f"  {one.verdict}: {one.golden.id} {one.golden.question}\n    {one.answer or '-'}")
