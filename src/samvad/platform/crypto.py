"""Keys derived from the installation's secret, and authenticated encryption of stored credentials."""

import base64
import hashlib
import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_VERSION = b"\x01"


class Tampered(Exception):
    """A stored secret does not decrypt: changed, moved to another owner, or under another key."""


class Keyring:
    """Everything that is derived from SAMVAD_SECRET_KEY."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._aead = AESGCM(self._derive("credentials", 32))

    def _derive(self, purpose: str, length: int) -> bytes:
        return HKDF(SHA256(), length=length, salt=b"samvad", info=purpose.encode()).derive(self._secret)

    def password_for(self, role: str) -> str:
        """The password of a database role of this installation."""
        return self._derive(f"database role {role}", 24).hex()

    def token_for(self, purpose: str) -> str:
        """A secret shared by our own processes, such as app and sandbox."""
        return self._derive(f"token {purpose}", 32).hex()

    def encrypt(self, plain: str, *, owner: str) -> bytes:
        """AES-256-GCM; `owner` is bound in, so a ciphertext copied to another row does not open."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._aead.encrypt(nonce, plain.encode(), owner.encode())

    def decrypt(self, stored: bytes, *, owner: str) -> str:
        """Raises Tampered; never returns anything but the very plaintext."""
        if stored[:1] != _VERSION:
            raise Tampered
        nonce, cipher = stored[1 : 1 + _NONCE], stored[1 + _NONCE :]
        try:
            return self._aead.decrypt(nonce, cipher, owner.encode()).decode()
        except InvalidTag as wrong:
            raise Tampered from wrong


def new_token(prefix: str) -> str:
    """An unguessable token of 256 bits with a readable prefix."""
    return f"{prefix}_{secrets.token_urlsafe(32)}"


def token_hash(token: str) -> bytes:
    """What is stored of a token: SHA-256 suffices, since tokens carry 256 bits of their own."""
    return hashlib.sha256(token.encode()).digest()


def hmac_sha256(key: str, data: bytes) -> bytes:
    return hmac.digest(key.encode(), data, "sha256")


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def load_or_make_secret(path: Path) -> str:
    """The secret key kept in the data folder (mode 0600); made at the first start."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        made = secrets.token_hex(32)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        return made
