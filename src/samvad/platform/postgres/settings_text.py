"""The text of the server's configuration: durable, small in memory, reachable by a private socket only."""

from dataclasses import dataclass

HBA = """# Only the socket, whose folder nobody else may enter; there is no network listener.
local all all trust
local replication all trust
"""

INCLUDES = """
include 'samvad.conf'
include 'local.conf'
"""

LOCAL = "# Your own settings: they win over samvad.conf, which is rewritten at each start.\n"


@dataclass(frozen=True, slots=True)
class Tuning:
    """What callers may turn; the rest is fixed. `durable=False` is for throw-away test clusters."""

    shared_buffers: str = "128MB"
    max_connections: int = 60
    work_mem: str = "4MB"
    effective_cache_size: str = "1GB"
    durable: bool = True
    log_bytes: int = 8 << 20


def render(tuning: Tuning) -> str:
    durable = "on" if tuning.durable else "off"
    return f"""# Written by Samvad at each start; your own lines belong into local.conf.
listen_addresses = ''
port = 5432
unix_socket_permissions = 0700

max_connections = {tuning.max_connections}
shared_buffers = {tuning.shared_buffers}
work_mem = {tuning.work_mem}
maintenance_work_mem = 64MB
effective_cache_size = {tuning.effective_cache_size}
huge_pages = off
jit = off
io_method = sync
max_worker_processes = 4
max_parallel_workers = 2
max_parallel_workers_per_gather = 1
random_page_cost = 1.1

fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
wal_level = replica
max_wal_senders = 4
max_logical_replication_workers = 0
max_wal_size = 1GB
min_wal_size = 80MB
checkpoint_completion_target = 0.9

autovacuum = on
autovacuum_naptime = 15s
autovacuum_max_workers = 2
autovacuum_worker_slots = 4

track_io_timing = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_line_prefix = '%m [%p] %u@%d '
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
