"""The code that links a phone: asked for each time, shown, and kept nowhere.

A QR code of Baileys lives for 60 seconds and the next ones for 20, this gateway's for 45 each; of one that
was waiting already the age is not told, so it counts as old.
"""

import re

from samvad.channels.adapters.evolution import settings
from samvad.channels.adapters.evolution.api import Gateway, NoInstance
from samvad.channels.adapters.evolution.states import States
from samvad.channels.adapters.pictures import png
from samvad.channels.adapters.reading import number, objekt, words
from samvad.channels.errors import SendError
from samvad.channels.types import ChannelCredentials, JsonObject, LinkState, Pairing, PairingState

_PAIRED = (LinkState.OPEN, LinkState.RESTRICTED)
_FIRST, _LATER = 40, 20  # seconds
_NO_QR = "The gateway gives no code just now"
_CODE = re.compile(r"[A-Z0-9]{4}-?[A-Z0-9]{4}")


async def code(gateway: Gateway, states: States, via: ChannelCredentials, *, phone: str) -> Pairing:
    """`phone`: digits of the number to link, with which the gateway gives a code to type too.
    Raises SendError."""
    try:
        linked = await states.ask(via)
    except NoInstance:
        await gateway.create(settings.instance(via), via=via)
        linked = await states.ask(via)
    if linked.state in _PAIRED:
        return Pairing(PairingState.PAIRED, detail=linked.detail)
    if linked.state is LinkState.BANNED:
        return Pairing(PairingState.BLOCKED, detail=linked.detail)
    if linked.state is LinkState.BROKEN:
        await forget_session(gateway, via)
    query = f"number={phone}" if phone else ""
    answer = await gateway.ask("GET", "/instance/connect/", via=via, query=query)
    states.forget(via.address)
    return _shown(answer)


def _shown(answer: JsonObject) -> Pairing:
    if words(objekt(answer, "instance"), "state") == "open":
        return Pairing(PairingState.PAIRED)
    found = objekt(answer, "qrcode") or answer
    image = png(words(found, "base64") or "")
    if not image:
        said = words(answer, "message") if answer.get("error") is True else ""
        return Pairing(PairingState.LATER, detail=(said or _NO_QR)[:200])
    typed = words(found, "pairingCode") or ""
    seconds = _FIRST if number(found, "count") == 1 else _LATER
    return Pairing(PairingState.CODE, image, seconds, code=typed if _CODE.fullmatch(typed) else "")


async def forget_session(gateway: Gateway, via: ChannelCredentials) -> None:
    """So that the next code begins a new one; a gateway that has none to forget says so, and that is well."""
    try:
        await gateway.ask("DELETE", "/instance/logout/", via=via)
    except SendError as refusal:
        if not refusal.detail.startswith(("HTTP 400", "HTTP 500")):
            raise
