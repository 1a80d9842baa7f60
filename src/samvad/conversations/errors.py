"""Failures of the conversations room."""

from samvad.kernel.errors import Conflict


class MessageNotRetryable(Conflict):
    code = "not_retryable"
    title = "Only a failed or held message can be sent again"


class MessageNotHeld(Conflict):
    code = "not_held"
    title = "Only a held message can be dropped"


class FileNotHere(Conflict):
    code = "file_not_here"
    title = "The file of this message has not been fetched"


class LabelNameTaken(Conflict):
    code = "name_taken"
    title = "There is a label of this name"


class TooManyLabels(Conflict):
    code = "too_many_labels"
    title = "There are 100 labels; delete one first"


class ShortcutTaken(Conflict):
    code = "shortcut_taken"
    title = "There is a canned reply of this shortcut"


class TooManyCannedReplies(Conflict):
    code = "too_many_canned_replies"
    title = "There are 500 canned replies; delete one first"


class NotAnAnswer(Conflict):
    code = "not_an_answer"
    title = "Only what the assistant said can be judged"


class NotYourSwitch(Conflict):
    code = "not_your_switch"
    title = "A hint belongs to whoever gave the conversation back"


class ClientIdReused(Conflict):
    code = "client_id_reused"
    title = "This client_id belongs to a message that says something else"
