"""What the Graph API refuses, as data: code, HTTP status, title; and the body it answers with."""

from dataclasses import dataclass, replace

from samvad.sandbox.jsonio import BadField, JsonObject


@dataclass(frozen=True, slots=True)
class Refusal:
    """One Graph error. `http_status` follows the class of the code unless a fault rule overrides it."""

    code: int
    title: str
    http_status: int = 400
    details: str = ""
    kind: str = "OAuthException"
    subcode: int | None = None

    def body(self, trace: str) -> JsonObject:
        message = f"(#{self.code}) {self.title}" if self.kind == "OAuthException" else self.title
        error: dict[str, str | int | JsonObject] = {"message": message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        return {"error": {**error, "fbtrace_id": trace}}


class GraphRefused(Exception):
    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.code} {refusal.title}")
        self.refusal = refusal


_EXPIRED = "Error validating access token: the session has expired"
_TABLE = {
    refusal.code: refusal
    for refusal in (
        Refusal(0, "AuthException", 401, "We were unable to authenticate the app user"),
        Refusal(1, "API Unknown", 500, "An unknown error occurred"),
        Refusal(2, "API Service", 503, "Temporary issue due to downtime", "OAuthException"),
        Refusal(3, "API Method", 403, "Capability or permissions issue"),
        Refusal(4, "API Too Many Calls", 429, "The app has reached its API call rate limit"),
        Refusal(10, "Permission Denied", 403, "Permission is either not granted or has been removed"),
        Refusal(100, "Invalid parameter", 400, "The request holds an unsupported or misspelled parameter"),
        Refusal(190, _EXPIRED, 401, "", "OAuthException", 463),
        Refusal(368, "Temporarily blocked for policies violations", 403, "The account is restricted"),
        Refusal(80007, "Rate limit issues", 429, "The account has reached its rate limit"),
        Refusal(130429, "Rate limit hit", 429, "Cloud API message throughput has been reached"),
        Refusal(130472, "User's number is part of an experiment", 400, "Message was not sent"),
        Refusal(130497, "Business account is restricted from messaging users in this country", 403),
        Refusal(131000, "Something went wrong", 500, "Message failed to send due to an unknown error"),
        Refusal(131005, "Access denied", 403, "Permission is either not granted or has been removed"),
        Refusal(131008, "Required parameter is missing", 400),
        Refusal(131009, "Parameter value is not valid", 400),
        Refusal(131016, "Service unavailable", 503, "A service is temporarily unavailable"),
        Refusal(131021, "Recipient cannot be sender", 400, "Sender and recipient phone number are the same"),
        Refusal(131026, "Message undeliverable", 400, "Unable to deliver message"),
        Refusal(131030, "Recipient phone number not in allowed list", 400),
        Refusal(131031, "Business Account locked", 403, "The account has been locked"),
        Refusal(
            131042, "Business eligibility payment issue", 400, "There was an error with the payment method"
        ),
        Refusal(131045, "Incorrect certificate", 500, "Phone number registration error"),
        Refusal(
            131047,
            "Re-engagement message",
            400,
            "More than 24 hours have passed since the customer last replied to this number",
        ),
        Refusal(131048, "Spam rate limit hit", 400, "Restrictions on how many messages this number may send"),
        Refusal(131049, "Message not delivered to maintain healthy ecosystem engagement", 400),
        Refusal(131050, "User has stopped marketing messages from this business", 400),
        Refusal(131051, "Message type unknown", 400, "Message type is currently not supported."),
        Refusal(131052, "Media download error", 400, "Unable to download the media sent by the user"),
        Refusal(131053, "Media upload error", 400, "Unable to upload the media used in the message"),
        Refusal(
            131056,
            "(Business Account, Consumer Account) pair rate limit hit",
            400,
            "Too many messages to one number",
        ),
        Refusal(131057, "Account in maintenance mode", 500),
        Refusal(131062, "Business-scoped user ids are not supported for this message", 400),
        Refusal(131064, "Messaging limit reached", 400, "The portfolio wrote to as many people as it may"),
        Refusal(132000, "Number of parameters does not match the expected number of params", 400),
        Refusal(132001, "Template does not exist", 404),
        Refusal(132015, "Template is paused", 400),
        Refusal(132016, "Template is disabled", 400),
        Refusal(132018, "There is an issue with the parameters in your template", 400),
    )
}


def refusal(code: int, details: str | None = None, *, http_status: int | None = None) -> Refusal:
    """The refusal of `code`; an unknown code is a 400 of that code."""
    found = _TABLE.get(code, Refusal(code, "Error", 400))
    return replace(found, details=details or found.details, http_status=http_status or found.http_status)


def bad_field(failure: BadField) -> Refusal:
    """Missing: 131008; a wrong value: 131009; no JSON at all: 100."""
    if not failure.path:
        return refusal(100, str(failure))
    return refusal(131008 if failure.missing else 131009, str(failure))


def unknown_object(object_id: str) -> Refusal:
    return Refusal(
        100,
        f"Unsupported request. Object with ID '{object_id}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this operation",
        400,
        kind="GraphMethodException",
        subcode=33,
    )


def bad_token() -> Refusal:
    return replace(refusal(190), subcode=None, title="Invalid OAuth access token - Cannot parse access token")


def unknown_path() -> Refusal:
    return Refusal(2500, "Unknown path components", 400)


def status_error(code: int) -> JsonObject:
    """The shape of an error inside a status or a message."""
    found = refusal(code)
    return {
        "code": code,
        "title": found.title,
        "message": found.title,
        "error_data": {"details": found.details or found.title},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
