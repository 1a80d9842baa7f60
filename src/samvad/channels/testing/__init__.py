"""The suite that every adapter passes, ours and those of installed packages; it needs pytest and no network.

    class TestAcme(AdapterConformance):
        example = Example(adapter=AcmeAdapter, values=..., calls=..., proven=..., to=..., accepts=...)

docs/ADDING_A_CHANNEL.md walks through it.
"""

import pytest

pytest.register_assert_rewrite(*(f"{__name__}.{part}" for part in ("form", "inbound", "outbound", "files")))

from samvad.channels.testing.example import BODY, Example  # noqa: E402
from samvad.channels.testing.files import FileChecks  # noqa: E402
from samvad.channels.testing.form import DeclarationChecks  # noqa: E402
from samvad.channels.testing.inbound import InboundChecks  # noqa: E402
from samvad.channels.testing.outbound import OutboundChecks  # noqa: E402
from samvad.channels.testing.peer import Answer, Asked  # noqa: E402


class AdapterConformance(DeclarationChecks, InboundChecks, OutboundChecks, FileChecks):
    """Subclass it as `Test...` with an `example`; every test method is one thing that must hold."""


__all__ = ["BODY", "AdapterConformance", "Answer", "Asked", "Example"]
