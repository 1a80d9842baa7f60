"""An external database that cannot be used is one sentence."""

import pytest

from samvad.bootstrap.engine import CannotStart, engine
from samvad.platform.settings import Settings


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("crm.example.test", "SAMVAD_DATABASE_URL is no postgresql:// address"),
        ("postgresql://shop@127.0.0.1:1/crm", "The database does not answer"),
    ],
)
async def test_it_says_what_is_wrong(url: str, sentence: str) -> None:
    settings = Settings.model_validate({"database_url": url, "secret_key": "x" * 40})
    with pytest.raises(CannotStart, match=sentence):
        async with engine(settings):
            raise AssertionError("it cannot start")
