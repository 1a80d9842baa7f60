"""An encrypted file, written and read in pieces: scrypt, then AES-256-GCM over 256 KiB at a time.

Layout: magic, format, cost of scrypt (log2 of N, r, p), salt (16 bytes), nonce prefix (7), HMAC-SHA256 of all
that; then the pieces. A piece's nonce is prefix, counter (4 bytes) and whether it is the last (1), and the
head is bound into each (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizar, 2015): a piece
that is changed, moved, doubled or missing does not open, and neither does a file that ends early.
"""

import hmac
import os
import secrets
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from samvad.platform.backup.errors import BackupUnreadable

MAGIC = b"SAMVADBK"
FORMAT = 1
PIECE = 256 * 1024
COST = 17  # log2 of scrypt's N: 128 MiB and a third of a second for each guess
SHORTEST = 12  # characters of a passphrase
_R, _P = 8, 1
_MOST_COST = 20  # a forged head must not take all memory
_TAG = 16
_HEAD = struct.Struct(">8sBBBB16s7s")
_MAC = 32
HEAD_BYTES = _HEAD.size + _MAC


class _Keys:
    def __init__(self, passphrase: str, *, salt: bytes, cost: int, r: int, p: int) -> None:
        master = Scrypt(salt=salt, length=32, n=1 << cost, r=r, p=p).derive(passphrase.encode())
        self.aead = AESGCM(_derive(master, b"pieces"))
        self._mac = _derive(master, b"head")

    def sign(self, head: bytes) -> bytes:
        return hmac.digest(self._mac, head, "sha256")


def _derive(master: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=b"samvad backup", info=purpose).derive(master)


class SealedWriter:
    """Writes into a file that is open for writing; `close` writes the last piece, not the file's end."""

    def __init__(self, file: BinaryIO, passphrase: str, *, cost: int = COST) -> None:
        self._file = file
        salt, self._prefix = secrets.token_bytes(16), secrets.token_bytes(7)
        self._head = _HEAD.pack(MAGIC, FORMAT, cost, _R, _P, salt, self._prefix)
        self._keys = _Keys(passphrase, salt=salt, cost=cost, r=_R, p=_P)
        self._waiting = bytearray()
        self._count = 0
        file.write(self._head + self._keys.sign(self._head))

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) > PIECE:  # one that is full may still be the last
            self._piece(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        self._piece(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _piece(self, plain: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._count, last=last)
        self._file.write(self._keys.aead.encrypt(nonce, plain, self._head))
        self._count += 1


def opened(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """The plaintext piece by piece, each as it was sealed. Raises BackupUnreadable."""
    head, keys = _head(file, passphrase)
    prefix = _HEAD.unpack(head)[-1]
    size = os.fstat(file.fileno()).st_size
    count = 0
    while True:
        sealed = file.read(PIECE + _TAG)
        last = file.tell() == size
        try:
            yield keys.aead.decrypt(_nonce(prefix, count, last=last), sealed, head)
        except (InvalidTag, ValueError) as wrong:
            raise BackupUnreadable(_fault(file, size, last=last)) from wrong
        if last:
            return
        count += 1


def _head(file: BinaryIO, passphrase: str) -> tuple[bytes, _Keys]:
    head, mac = file.read(_HEAD.size), file.read(_MAC)
    if head[: len(MAGIC)] != MAGIC or len(mac) < _MAC:
        raise BackupUnreadable(f"{_name(file)} is not a backup of Samvad, or only the beginning of one")
    _, version, cost, r, p, salt, _ = _HEAD.unpack(head)
    if version != FORMAT:
        raise BackupUnreadable(f"{_name(file)} has format {version}, and this program reads {FORMAT}")
    if cost > _MOST_COST or (r, p) != (_R, _P):
        raise BackupUnreadable(f"{_name(file)} was changed or damaged at its head")
    keys = _Keys(passphrase, salt=salt, cost=cost, r=r, p=p)
    if not hmac.compare_digest(keys.sign(head), mac):
        raise BackupUnreadable(f"The passphrase does not open {_name(file)} (or its head was damaged)")
    return head, keys


def _fault(file: BinaryIO, size: int, *, last: bool) -> str:
    if last:
        return f"{_name(file)} ends too early or was changed at its end: it has {size} bytes"
    return f"{_name(file)} was changed or damaged before byte {file.tell()}"


def _name(file: BinaryIO) -> str:
    return Path(file.name).name


def _nonce(prefix: bytes, count: int, *, last: bool) -> bytes:
    return prefix + count.to_bytes(4, "big") + bytes([last])
