"""Why a backup could not be made, read or restored: each one sentence for an operator."""

from samvad.kernel.errors import SamvadError


class BackupFailed(SamvadError):
    """Nothing was written, or what was begun is gone again."""

    code = "backup_failed"
    title = "The backup could not be made"


class BackupUnreadable(SamvadError):
    """Not a backup, cut short, changed, or sealed with another passphrase. Nothing of it was used."""

    code = "backup_unreadable"
    title = "The backup cannot be read"


class RestoreRefused(SamvadError):
    """The installation is as it was before."""

    code = "restore_refused"
    title = "The backup was not restored"
