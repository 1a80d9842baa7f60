"""Why the embedded PostgreSQL could not be used: a closed set, each one sentence for a human."""

from pathlib import Path


class EngineError(Exception):
    """The embedded PostgreSQL cannot be used as things stand."""


class UnsupportedPlatform(EngineError):
    def __init__(self, platform: str) -> None:
        self.platform = platform
        super().__init__(
            f"PostgreSQL is not bundled for {platform}: set SAMVAD_DATABASE_URL to a PostgreSQL 15 or newer."
        )


class DataDirNotWritable(EngineError):
    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"The data folder {path} cannot be written ({reason}): choose another or free it.")


class DataDirPathTooLong(EngineError):
    def __init__(self, path: Path, length: int, limit: int) -> None:
        self.path, self.length, self.limit = path, length, limit
        super().__init__(
            f"The path of the data folder has {length} bytes and PostgreSQL takes {limit}: choose a shorter."
        )


class DiskFull(EngineError):
    def __init__(self, path: Path, free: int) -> None:
        self.path, self.free = path, free
        super().__init__(
            f"The disk of the data folder {path} is full ({free >> 20} MiB free): make room and start again."
        )


class WrongVersion(EngineError):
    def __init__(self, path: Path, found: str, ours: int) -> None:
        self.path, self.found, self.ours = path, found, ours
        super().__init__(f"{path} was made by PostgreSQL {found}, and this Samvad brings {ours}.")


class ClusterGone(EngineError):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"The database in {path} has disappeared: bring its folder back, none is made anew.")


class RuntimeDirTaken(EngineError):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"The socket folder {path} belongs to somebody else: remove it.")


class SocketTaken(EngineError):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"Another program holds the PostgreSQL socket in {path}: stop it.")


class RootRefused(EngineError):
    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"PostgreSQL refuses to run as root, and no user namespace and no OS user can reach {path}: "
            "run Samvad as an ordinary user, or set SAMVAD_DATABASE_URL."
        )


class NamelessUser(EngineError):
    def __init__(self, uid: int) -> None:
        self.uid = uid
        super().__init__(
            f"User id {uid} has no name on this system and PostgreSQL needs one: add it to /etc/passwd, "
            "or set SAMVAD_DATABASE_URL."
        )


class AnotherSupervisor(EngineError):
    def __init__(self, path: Path, seconds: float) -> None:
        self.path, self.seconds = path, seconds
        super().__init__(
            f"Another Samvad holds {path}, and its PostgreSQL did not answer within {seconds:.0f} s: "
            "wait for it or stop it."
        )


class StartFailed(EngineError):
    def __init__(self, log: Path, tail: str) -> None:
        self.log, self.tail = log, tail
        super().__init__(f"PostgreSQL did not start: {tail or 'it gave no reason'} (log: {log}).")


class StartTimeout(EngineError):
    def __init__(self, log: Path, seconds: float, tail: str) -> None:
        self.log, self.seconds, self.tail = log, seconds, tail
        super().__init__(
            f"PostgreSQL runs but did not answer within {seconds:.0f} s: {tail or 'it gave no reason'} "
            f"(log: {log})."
        )
