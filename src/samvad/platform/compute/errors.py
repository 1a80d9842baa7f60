"""How a computation can fail."""

from samvad.kernel.errors import Unavailable


class ComputeFailed(Unavailable):
    """The compute process died or could not start; the next call gets a new one."""

    code = "compute_failed"
    title = "The computation was interrupted"


class ComputeTimeout(ComputeFailed):
    """It took too long and was ended."""

    code = "compute_timeout"
    title = "The computation took too long"


class FunctionFailed(ComputeFailed):
    """The function itself raised: `kind` names its exception, `reason` its words (for logs only)."""

    code = "compute_function_failed"
    title = "The computation failed"

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__()
        self.kind, self.reason = kind, reason
