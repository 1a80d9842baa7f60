"""The named failures of the knowledge room."""

from samvad.kernel.errors import Conflict, Invalid, NotFound, SamvadError


class NoSuchSource(NotFound):
    code = "source_not_found"
    title = "There is no such source"


class Unreadable(SamvadError):
    """A file whose content cannot be used; `detail` is the sentence that its owner reads."""

    code = "source_unreadable"
    title = "The file cannot be read"


class TooBig(Invalid):
    code = "source_too_large"
    title = "The file is too large"


class TooManySources(Conflict):
    code = "too_many_sources"
    title = "A tenant has at most 10,000 sources"
