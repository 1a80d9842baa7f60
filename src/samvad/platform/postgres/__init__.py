"""The embedded PostgreSQL: binaries from a wheel under our own small supervisor."""

from samvad.platform.postgres.cluster import Cluster
from samvad.platform.postgres.errors import EngineError
from samvad.platform.postgres.settings_text import Tuning
from samvad.platform.postgres.supervisor import Patience, Supervisor

__all__ = ["Cluster", "EngineError", "Patience", "Supervisor", "Tuning"]
