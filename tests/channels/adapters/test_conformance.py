"""Our own transports pass the suite that every adapter passes."""

from typing import ClassVar

from samvad.channels.testing import AdapterConformance, Example
from tests.channels.adapters import examples


class TestMeta(AdapterConformance):
    example: ClassVar[Example] = examples.META


class TestSandbox(AdapterConformance):
    example: ClassVar[Example] = examples.SANDBOX


class TestTelegram(AdapterConformance):
    example: ClassVar[Example] = examples.TELEGRAM


class TestTwilio(AdapterConformance):
    example: ClassVar[Example] = examples.TWILIO


class TestGreenApi(AdapterConformance):
    example: ClassVar[Example] = examples.GREEN_API


class TestEvolution(AdapterConformance):
    example: ClassVar[Example] = examples.EVOLUTION


class TestChat(AdapterConformance):
    example: ClassVar[Example] = examples.CHAT
