"""What can go wrong between us and a provider, sorted by what to do about it."""

from samvad.kernel.errors import Conflict, SamvadError, Unavailable


class MalformedBody(SamvadError):
    """A webhook body that is not the provider's JSON."""

    code = "malformed_body"
    title = "The body is not what this provider sends"


ASSESSED = "quality_assessment"  # taken, and kept until the template has a quality: no failure


class SendError(SamvadError):
    """A send did not succeed. `provider_code` and `detail` are the provider's own words."""

    code = "send_failed"
    title = "The provider did not take the message"

    def __init__(self, detail: str = "", *, provider_code: int | None = None) -> None:
        super().__init__(detail)
        self.provider_code = provider_code


class OutcomeUnknown(SendError):
    """It may have been sent (timeout, cut connection): settled by evidence, never repeated blindly."""

    code = "outcome_unknown"


class Transient(SendError):
    """Refused for now, surely not sent: retry with backoff."""

    code = "provider_unavailable"


class NumberThrottled(SendError):
    """The number or app is too fast: slow the whole number down, then retry."""

    code = "number_throttled"

    def __init__(self, detail: str = "", *, provider_code: int | None = None, retry_after: float = 0) -> None:
        super().__init__(detail, provider_code=provider_code)
        self.retry_after = retry_after


class RecipientThrottled(SendError):
    """Too fast for this one recipient: back off 4^n s for them alone, then retry."""

    code = "recipient_throttled"


class SpamLimited(SendError):
    """The provider restricts the number for quality: campaigns pause, retry hours later, alert."""

    code = "spam_limited"


class CredentialsRejected(SendError):
    """The token or its rights are gone: the channel stops, its queue is kept, the owner is told."""

    code = "credentials_rejected"


class ChannelBlocked(SendError):
    """The account is locked, unpaid or unregistered: the channel stops, the owner is told."""

    code = "channel_blocked"


class WindowClosed(SendError):
    """More than 24 hours since the customer wrote: only a template may be sent."""

    code = "window_closed"


class RecipientOptedOut(SendError):
    """The provider says that this customer stopped marketing messages."""

    code = "recipient_opted_out"


class RecipientUnreachable(SendError):
    """This address can never receive this message."""

    code = "recipient_unreachable"


class TryTomorrow(SendError):
    """Held back by the provider for this person (ecosystem limit, experiment): not before 24 hours."""

    code = "try_tomorrow"


class Rejected(SendError):
    """The message itself is wrong: our bug or the sender's input; no retry helps."""

    code = "rejected"


class TemplateRejected(SendError):
    """The template is not as we know it: its values do not fit. It is asked for again."""

    code = "template_rejected"


class TemplateMissing(SendError):
    """The provider has no such template, or not in this language."""

    code = "template_missing"


class TemplateStopped(SendError):
    """The provider paused or disabled the template."""

    code = "template_stopped"


class FileGone(SamvadError):
    """The provider has the file no more, or never hands it out: no retry helps."""

    code = "file_gone"
    title = "The provider no longer has this file"


class AddressTaken(Conflict):
    """Another channel of this installation already answers for this number."""

    code = "address_taken"
    title = "This number is already connected here"


class WindowIsClosed(Conflict):
    """Free text outside the 24-hour window."""

    code = "window_closed"
    title = "The 24-hour window is closed: only an approved template may be sent"


class TemplateNotSent(Conflict):
    """There is no such template on this channel, or it may not be sent now."""

    code = "template_not_sent"
    title = "This template cannot be sent"


class NoTemplates(Conflict):
    """The channel's provider reviews no templates."""

    code = "no_templates"
    title = "This channel has no templates"


class AccountMissing(Conflict):
    """The channel does not say which account its templates are in."""

    code = "account_missing"
    title = "Enter the account's ID under Channels: templates belong to an account"


class OptedOut(Conflict):
    """Marketing to somebody who does not want it."""

    code = "opted_out"
    title = "The customer opted out: no marketing template may be sent to them"


class NoDevice(Conflict):
    """The channel is no linked device at a gateway."""

    code = "no_device"
    title = "This channel is no linked device"


class ProviderRefused(Conflict):
    """The provider did not do what it was asked to, and said why."""

    code = "provider_refused"
    title = "The provider refused"


class ProviderAway(Unavailable):
    """The provider cannot be reached, or asks to be left alone for a while."""

    code = "provider_away"
    title = "The provider does not answer at the moment"


class NotByPhone(Conflict):
    """The channel's provider knows nobody by a number, or only those who wrote."""

    code = "not_by_phone"
    title = "This channel cannot write to somebody who has not written"


class KindNotSent(Conflict):
    """The channel's provider has no messages of this kind."""

    code = "kind_not_sent"
    title = "This channel cannot send messages of this kind"
