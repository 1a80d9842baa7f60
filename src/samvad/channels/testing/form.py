"""What an adapter declares: its form, its proofs, what it can do."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

from samvad.channels.provider_schemas import connecting
from samvad.channels.schemas import ChannelIn
from samvad.channels.testing.example import Example, base, built, filled
from samvad.channels.types import ChannelAdapter, Connection, FieldRole, HasTemplates, Kind
from samvad.kernel.errors import FieldError, Invalid

_ONCE = (FieldRole.ACCOUNT, FieldRole.DISPLAY, FieldRole.BASE_URL)
_NAME = r"[a-z][a-z0-9_]*"


class DeclarationChecks:
    example: ClassVar[Example]

    @property
    def kind(self) -> type[ChannelAdapter]:
        return self.example.adapter

    def test_its_names_can_stand_in_a_url(self) -> None:
        assert re.fullmatch(r"[a-z][a-z0-9_-]*", self.kind.provider)
        assert re.fullmatch(r"[a-z][a-z0-9_-]*", self.kind.family)
        assert self.kind.title.strip()

    def test_one_field_of_its_form_is_the_address(self) -> None:
        roles = Counter(field.role for field in self.kind.form)
        assert roles[FieldRole.ADDRESS] == 1
        assert {role: roles[role] for role in _ONCE if roles[role] > 1} == {}

    def test_the_address_stays(self) -> None:
        assert [field.fixed for field in self.kind.form if field.role is FieldRole.ADDRESS] == [True]

    def test_its_fields_have_names_of_their_own(self) -> None:
        names = Counter(field.name for field in self.kind.form)
        assert [name for name, count in names.items() if count > 1] == []
        assert names.keys() & ChannelIn.model_fields.keys() == set()
        assert [name for name in names if not re.fullmatch(_NAME, name)] == []

    def test_each_field_can_be_filled_in(self) -> None:
        for field in self.kind.form:
            re.compile(field.pattern)
            assert field.label.strip(), field.name
            assert not (field.pattern and field.choices), f"{field.name}: a pattern or choices, not both"
            assert field.asked or not field.required, f"{field.name} is required, but nobody is asked for it"
            told = field.required and field.help and not field.pattern and not field.choices
            assert not field.accepted or told, f"{field.name} must be accepted, but does not say what"
            assert not field.made or field.role is FieldRole.SECRET, f"{field.name} is made, but no secret"

    def test_a_webhook_is_proved_by_secrets_of_the_form(self) -> None:
        secrets = {field.name for field in self.kind.form if field.role is FieldRole.SECRET}
        assert self.kind.proofs, "nothing proves a webhook"
        assert set(self.kind.proofs) <= secrets
        assert self.kind.handshake_word in {"", *secrets}

    def test_its_kept_headers_are_written_small(self) -> None:
        assert [name for name in self.kind.kept if name != name.lower()] == []

    def test_it_can_send_text(self) -> None:
        can = self.kind.capabilities
        assert Kind.TEXT in can.kinds
        assert can.text_limit > 0
        assert can.per_second > 0

    def test_it_says_whether_it_has_templates(self) -> None:
        has = isinstance(built(self.example), HasTemplates)
        assert self.kind.capabilities.templates is has
        assert (Kind.TEMPLATE in self.kind.capabilities.kinds) is has

    def test_the_api_takes_the_example(self) -> None:
        asked = {field.name for field in self.kind.form if field.asked}
        given = {name: value for name, value in filled(self.example).items() if name in asked}
        body = connecting(self.kind).model_validate(
            {"provider": self.kind.provider, "name": "A shop", **given}
        )
        assert body.values() == given

    def test_a_form_is_completed_once_and_for_all(self) -> None:
        adapter = built(self.example)
        completed = self._completed(adapter)
        assert adapter.complete(completed) == completed
        connection = Connection.of(adapter.form, completed)
        assert adapter.complete(connection.values(adapter.form)) == completed, "what is stored says less"

    def test_completing_keeps_what_was_given(self) -> None:
        given = filled(self.example) | base(self.example, "https://provider.example.org")
        completed = self._completed(built(self.example))
        assert {name: completed.get(name) for name in given} == given

    def test_a_completed_form_names_a_number_and_its_provider(self) -> None:
        adapter = built(self.example)
        connection = Connection.of(adapter.form, adapter.complete(filled(self.example)))
        assert connection.address
        for url in (connection.base_url, adapter.official):
            assert url.startswith("https://") or not url
        assert connection.base_url or not adapter.official

    def test_a_form_that_cannot_be_right_is_invalid_at_most(self) -> None:
        adapter = built(self.example)
        names = [field.name for field in adapter.form]
        for word in ("", " ", "x", "\x00", "\ud800", "1:2", "é" * 500):
            for given in ({}, *({name: word} for name in names), dict.fromkeys(names, word)):
                wrong = _faults(adapter, given)
                assert {fault.field for fault in wrong} <= set(names), given

    def _completed(self, adapter: ChannelAdapter) -> Mapping[str, str]:
        return adapter.complete(filled(self.example) | base(self.example, "https://provider.example.org"))


def _faults(adapter: ChannelAdapter, given: Mapping[str, str]) -> Sequence[FieldError]:
    try:
        adapter.complete(given)
    except Invalid as wrong:
        return wrong.errors
    return []
