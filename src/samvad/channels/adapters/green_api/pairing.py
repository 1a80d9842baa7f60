"""The QR code that links a phone to an instance."""

from samvad.channels.adapters.green_api.api import Green
from samvad.channels.adapters.green_api.states import AUTHORIZED, States, failure
from samvad.channels.adapters.pictures import png
from samvad.channels.adapters.reading import words
from samvad.channels.types import ChannelCredentials, Pairing, PairingState

_STATES = {
    AUTHORIZED: PairingState.PAIRED,
    "yellowCard": PairingState.PAIRED,  # linked, and held back for a while
    "suspended": PairingState.PAIRED,
    "blocked": PairingState.BLOCKED,
    "starting": PairingState.LATER,
    "sleepMode": PairingState.LATER,
}
_SECONDS = 20  # Green makes a new code that often


async def code(green: Green, states: States, via: ChannelCredentials) -> Pairing:
    """The state first, for only an instance that is not linked has a code. Raises SendError."""
    state = await states.ask(via)
    if state in _STATES:
        refusal = failure(state)
        return Pairing(_STATES[state], detail=refusal.detail if refusal else "")
    answer = await green.ask("qr", via=via)
    word, said = words(answer, "type"), words(answer, "message") or ""
    if word == "alreadyLogged":
        return Pairing(PairingState.PAIRED)
    image = png(said) if word == "qrCode" else b""
    if image:
        return Pairing(PairingState.CODE, image, _SECONDS)
    reason = said[:200] if word == "error" else ""
    return Pairing(PairingState.LATER, detail=reason or "Green API gives no code just now")
