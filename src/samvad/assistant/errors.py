"""The named failures of the assistant room."""

from samvad.kernel.errors import Conflict, NotFound, Unavailable


class NoSuchRule(NotFound):
    code = "rule_not_found"
    title = "There is no such rule"


class BuiltinRule(Conflict):
    code = "rule_builtin"
    title = "A built-in rule can be changed or disabled, not deleted"


class TooManyRules(Conflict):
    code = "too_many_rules"
    title = "A tenant has at most 200 rules"


class OtherRules(Conflict):
    code = "rules_changed"
    title = "The order must name every rule exactly once; read the list again"


class ModelFailed(Unavailable):
    """No usable answer of a language model: everything goes on without it.

    `why`: unreachable (also late), throttled, rejected, refused, cut or unreadable.
    """

    code = "model_failed"
    title = "The language model gave no usable answer"

    def __init__(self, why: str, detail: str = "") -> None:
        super().__init__(detail)
        self.why = why
