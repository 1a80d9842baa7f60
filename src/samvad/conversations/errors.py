"""Failures of the conversations room."""

from samvad.kernel.errors import Conflict


class MessageNotRetryable(Conflict):
    code = "not_retryable"
    title = "Only a failed or held message can be sent again"


class ClientIdReused(Conflict):
    code = "client_id_reused"
    title = "This client_id belongs to a message that says something else"
