"""A sealed file opens with its passphrase alone, and only as long as not a byte of it was changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samvad.platform.backup.errors import BackupUnreadable
from samvad.platform.backup.sealed import HEAD_BYTES, PIECE, SealedWriter, opened

WORDS, CHEAP = "a passphrase of the test", 4
PLAIN = bytes(range(256)) * (PIECE // 256) * 2 + b"the last piece"
SEALED_PIECE = PIECE + 16


def seal(path: Path, *writes: bytes) -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, WORDS, cost=CHEAP)
        for data in writes:
            writer.write(data)
        writer.close()
    return path


def unseal(path: Path, passphrase: str = WORDS) -> bytes:
    with path.open("rb") as file:
        return b"".join(opened(file, passphrase))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([0, 1, 17, PIECE - 1, PIECE, PIECE + 1]), max_size=4))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, sizes: list[int]) -> None:
    writes = [PLAIN[:size] for size in sizes]
    path = seal(tmp_path_factory.mktemp("sealed") / "x", *writes)
    assert unseal(path) == b"".join(writes)
    assert b"the last piece" not in path.read_bytes()


def _swapped(data: bytes) -> bytes:
    one, two = data[HEAD_BYTES:][:SEALED_PIECE], data[HEAD_BYTES + SEALED_PIECE :][:SEALED_PIECE]
    return data[:HEAD_BYTES] + two + one + data[HEAD_BYTES + 2 * SEALED_PIECE :]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: b"", "not a backup"),
        (lambda d: d[: HEAD_BYTES - 1], "not a backup"),
        (lambda d: b"PK" + d[2:], "not a backup"),
        (lambda d: d[:8] + b"\x02" + d[9:], "format 2"),
        (lambda d: d[:9] + b"\x3f" + d[10:], "damaged at its head"),
        (lambda d: d[:20] + b"x" + d[21:], "does not open"),
        (lambda d: d[:HEAD_BYTES], "ends too early"),
        (lambda d: d[:-1], "ends too early"),
        (lambda d: d[: HEAD_BYTES + SEALED_PIECE], "ends too early"),
        (lambda d: d[: HEAD_BYTES + SEALED_PIECE + 9], "ends too early"),
        (lambda d: d[:500] + bytes([d[500] ^ 1]) + d[501:], "changed or damaged"),
        (_swapped, "changed or damaged"),
        (lambda d: d + b"x", "changed at its end"),
        (lambda d: d + d[HEAD_BYTES:], "changed"),
    ],
)
def test_a_changed_file_opens_nothing_of_the_change(
    tmp_path: Path, change: Callable[[bytes], bytes], sentence: str
) -> None:
    path = seal(tmp_path / "x", PLAIN)
    assert unseal(path) == PLAIN
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(BackupUnreadable, match=sentence):
        unseal(path)


def test_another_passphrase_opens_nothing(tmp_path: Path) -> None:
    path = seal(tmp_path / "x", PLAIN)
    with pytest.raises(BackupUnreadable, match="passphrase does not open"):
        unseal(path, WORDS + " ")
