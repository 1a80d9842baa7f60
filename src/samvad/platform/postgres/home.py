"""Where a cluster lives and under which identity: folders made, permissions of parent folders left alone."""

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from samvad.platform.postgres.binaries import Binaries
from samvad.platform.postgres.errors import (
    DataDirNotWritable,
    DataDirPathTooLong,
    DiskFull,
    NamelessUser,
    RootRefused,
    RuntimeDirTaken,
)
from samvad.platform.postgres.identity import Identity, dedicated, namespaced, ordinary, owner_of

SYSTEM_HOME = Path("/var/lib/samvad")
PATH_LIMIT = 900  # PostgreSQL cuts paths at 1,024 bytes and adds its own names
SOCKET_DIR_LIMIT = 107 - len("/.s.PGSQL.5432")
_PLAIN_PATH = re.compile(r"[\w./ -]+")  # PostgreSQL and asyncpg split lists of folders at commas
_FULL = {errno.ENOSPC, errno.EDQUOT}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR, errno.ENOENT}
_REFUSED |= {errno.ENOLCK, errno.ENOTSUP, errno.EIO}


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one cluster: `cluster/`, `run/` with the socket, `postgres.log`."""

    folder: Path
    identity: Identity
    binaries: Binaries

    @property
    def cluster(self) -> Path:
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def sockets(self) -> Path:
        """Beside the cluster; where that path does not fit a Unix socket, a short one in /tmp."""
        beside = self.folder / "run"
        if len(os.fsencode(beside)) <= SOCKET_DIR_LIMIT and _PLAIN_PATH.fullmatch(str(beside)):
            return beside
        return Path("/tmp") / f"samvad-{self.identity.uid}-{_digest(self.folder)}"  # noqa: S108 (checked below)

    def free_bytes(self) -> int:
        return shutil.disk_usage(self.folder).free

    def prepare(self) -> None:
        """Make the socket folder ours alone and the log writable."""
        self.sockets.mkdir(mode=0o700, exist_ok=True)
        self.own(self.sockets)
        facts = self.sockets.lstat()
        if self.sockets.is_symlink() or facts.st_uid != self.identity.uid or facts.st_mode & 0o077:
            raise RuntimeDirTaken(self.sockets)
        self.log.touch(mode=0o600)
        self.own(self.log)

    def forget_sockets(self) -> None:
        """A folder in /tmp does not stay behind; one that is in use does."""
        with suppress(OSError):
            self.sockets.rmdir()

    def own(self, path: Path) -> None:
        """Give `path`, just made by us, to the user of the cluster; only root has something to give."""
        if path.lstat().st_uid == os.geteuid() != self.identity.uid:
            os.chown(path, self.identity.uid, self.identity.gid, follow_symlinks=False)


@contextmanager
def naming_disk_faults(path: Path) -> Iterator[None]:
    """Operating system errors on the data folder become ours."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise DiskFull(path, 0) from fault
        if fault.errno in _REFUSED:
            raise DataDirNotWritable(path, fault.strerror or "refused") from fault
        if fault.errno == errno.ENAMETOOLONG:
            raise DataDirPathTooLong(path, len(os.fsencode(path)), PATH_LIMIT) from fault
        raise


def settle(data_dir: Path, binaries: Binaries, *, system_home: Path = SYSTEM_HOME) -> Home:
    """The home of the cluster of `data_dir`, an existing folder; the same at every call."""
    if (length := len(os.fsencode(data_dir))) > PATH_LIMIT:
        raise DataDirPathTooLong(data_dir, length, PATH_LIMIT)
    if os.geteuid() == 0:
        return _settle_as_root(data_dir, binaries, system_home=system_home)
    identity = ordinary() or namespaced()
    if identity is None:
        raise NamelessUser(os.geteuid())
    return Home(data_dir, identity, binaries)


def _settle_as_root(data_dir: Path, binaries: Binaries, *, system_home: Path) -> Home:
    cluster = (data_dir / "cluster").resolve()
    if cluster.exists() and cluster.stat().st_uid != 0:
        return Home(cluster.parent, owner_of(cluster), _reachable(binaries, owner_of(cluster), system_home))
    elsewhere = system_home / _digest(data_dir)
    for folder in (cluster.parent,) if cluster.exists() else (data_dir, elsewhere):
        for become in (namespaced, dedicated):  # one after the other: the second may make an OS user
            identity = become()
            if identity and _take(folder, identity, system_home=system_home):
                if folder is elsewhere:
                    _point(data_dir / "cluster", elsewhere / "cluster")
                return Home(folder, identity, _reachable(binaries, identity, system_home))
    raise RootRefused(data_dir)


def _take(folder: Path, identity: Identity, *, system_home: Path) -> bool:
    """Make `folder` and what is ours in it usable by `identity`, if its parents let that user in."""
    if folder.parent == system_home:
        _make(system_home)
        folder.mkdir(mode=0o700, exist_ok=True)
    if not identity.can("-x", folder.parent):
        return False
    if identity.uid:
        for path in _ours(folder):
            os.chown(path, identity.uid, identity.gid, follow_symlinks=False)
    return identity.can("-w", folder)


def _ours(folder: Path) -> Iterator[Path]:
    yield folder
    for name in ("run", "postgres.log", "postgres.log.1"):
        if (folder / name).exists():
            yield folder / name
    for parent, folders, files in os.walk(folder / "cluster"):
        yield Path(parent)
        yield from (Path(parent) / name for name in (*folders, *files))


def _reachable(binaries: Binaries, identity: Identity, system_home: Path) -> Binaries:
    if identity.can("-x", binaries.postgres):
        return binaries
    _make(system_home)
    copied = binaries.copied_under(system_home)
    if not identity.can("-x", copied.postgres):
        raise RootRefused(copied.root)
    return copied


def _make(system_home: Path) -> None:
    """Enterable by the OS user whatever our umask is; left alone when it is there."""
    if not system_home.exists():
        system_home.mkdir(parents=True)
        system_home.chmod(0o755)


def _point(link: Path, target: Path) -> None:
    """Leave a sign in the folder that was asked for."""
    if not link.is_symlink():
        link.symlink_to(target)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:16]
