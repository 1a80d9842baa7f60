"""Whether two sets of addresses can be one person's; pure."""

from collections.abc import Iterable

from samvad.kernel.identity import IdentityKind

Address = tuple[str, str, str]  # kind, scope, value

# Of these a person has one in its scope. A program's visitors are devices and accounts: several may be one.
_ONE_EACH = (IdentityKind.BSUID, IdentityKind.LID, IdentityKind.TELEGRAM)
_NUMBERS = (IdentityKind.PHONE, IdentityKind.WA_ID)


def contradict(one: Iterable[Address], other: Iterable[Address], *, moved: bool) -> str | None:
    """Why they are two people although a provider named them together, or None.

    A number passes from one person to the next, so two different numbers need the provider's word that the
    person moved from one to the other (`moved`).
    """
    mine, theirs = set(one), set(other)
    for kind in _ONE_EACH:
        scopes = {scope for k, scope, _ in mine if k == kind} & {scope for k, scope, _ in theirs if k == kind}
        for scope in sorted(scopes):
            if not _values(mine, kind, scope) & _values(theirs, kind, scope):
                return f"each has another {kind.value}"
    numbers = (_numbers(mine), _numbers(theirs))
    if not moved and all(numbers) and not numbers[0] & numbers[1]:
        return "each has another number"
    return None


def _values(found: set[Address], kind: str, scope: str) -> set[str]:
    return {value for k, s, value in found if (k, s) == (kind, scope)}


def _numbers(found: set[Address]) -> set[str]:
    return {value.lstrip("+") for kind, _, value in found if kind in _NUMBERS}
