"""From `sources/NAME.md` to `knowledge/NAME`, and whether the two still say the same."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from evaluation.documents.source import read
from evaluation.documents.writers import WRITERS

_ROOT = Path(__file__).parents[2]
BUSINESSES = sorted(
    folder
    for shelf in ("src/samvad/workflows/demo/businesses", "evaluation/businesses")
    for folder in (_ROOT / shelf).iterdir()
    if folder.is_dir()
)


def stale(business: Path) -> Iterator[tuple[Path, bytes]]:
    """Documents that are missing or no longer what their source makes, with what they should be."""
    for source in sorted((business / "sources").iterdir()):
        path = business / "knowledge" / source.stem
        wanted = WRITERS[path.suffix](read(source.read_text(encoding="utf-8")))
        if not path.exists() or _content(path.read_bytes()) != _content(wanted):
            yield path, wanted


def make(business: Path) -> Iterator[Path]:
    for path, wanted in stale(business):
        path.write_bytes(wanted)
        yield path


def _content(file: bytes) -> object:
    """Office files by their members: how well they are compressed is the machine's affair."""
    if not is_zipfile(BytesIO(file)):
        return file
    with ZipFile(BytesIO(file)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
