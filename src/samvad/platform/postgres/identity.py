"""Which OS user PostgreSQL runs as: it refuses root, and it needs a user with a name."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

OS_USER = "samvad"


@dataclass(frozen=True, slots=True)
class Identity:
    """An OS user and how a command becomes it; `uid` is the owner of its files seen from outside."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    def popen(self, argv: Sequence[str], *, cwd: Path, output: IO[bytes] | int, stdin: int) -> "Process":
        """Start `argv` in its own session (Ctrl-C is ours to handle), umask 077, without our environment."""
        switched = self.uid != os.geteuid()
        return subprocess.Popen(  # noqa: S603 (a list, no shell)
            [*self.prefix, *argv],
            cwd=cwd,
            stdin=stdin,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"},
            start_new_session=True,
            umask=0o077,
            user=self.uid if switched else None,
            group=self.gid if switched else None,
            extra_groups=[] if switched else None,
        )

    def run(self, argv: Sequence[str], *, cwd: Path = Path("/"), text: str = "") -> tuple[int, str]:
        """The exit code and the output, both streams in one."""
        process = self.popen(argv, cwd=cwd, output=subprocess.PIPE, stdin=subprocess.PIPE)
        output, _ = process.communicate(text.encode())
        return process.returncode, output.decode(errors="replace")

    def can(self, test: str, path: str | Path) -> bool:
        """Whether `test -x|-w path` holds for this user, asked of the kernel rather than computed."""
        try:
            return self.run(["/bin/sh", "-c", 'test "$1" "$2"', "sh", test, str(path)])[0] == 0
        except (OSError, subprocess.SubprocessError):
            return False


Process = subprocess.Popen[bytes]


def ordinary() -> Identity | None:
    """Ourselves as we are, when we are neither root nor nameless."""
    uid = os.geteuid()
    return Identity(uid, os.getegid()) if uid and _has_name(uid) else None


@cache
def namespaced() -> Identity | None:
    """Ourselves under the name of nobody in a user namespace: our files, none of root's powers."""
    unshare = shutil.which("unshare")
    name = next((entry for entry in pwd.getpwall() if entry.pw_name == "nobody" and entry.pw_uid), None)
    if unshare is None or name is None:
        return None
    prefix = (unshare, "--user", f"--map-user={name.pw_uid}", f"--map-group={name.pw_gid}", "--")
    identity = Identity(os.geteuid(), os.getegid(), prefix)
    return identity if identity.can("-x", "/") else None


def owner_of(path: Path) -> Identity:
    """The user who owns `path`; only root may become another."""
    facts = path.stat()
    return Identity(facts.st_uid, facts.st_gid)


def dedicated() -> Identity | None:
    """The OS user `samvad`, made on first need; only root may become it."""
    try:
        entry = pwd.getpwnam(OS_USER)
    except KeyError:
        useradd = shutil.which("useradd", path=f"{os.defpath}:/usr/sbin:/sbin")
        if useradd is None:
            return None
        options = ("--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin")
        if subprocess.run([useradd, *options, OS_USER], capture_output=True, check=False).returncode:  # noqa: S603
            return None
        entry = pwd.getpwnam(OS_USER)
    return Identity(entry.pw_uid, entry.pw_gid)


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
