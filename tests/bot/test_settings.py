from __future__ import annotations

import pytest

from bot import settings

CONTRACT = (
    "HOST PORT PUBLIC_URL TRUSTED_PROXIES ALLOWED_ORIGINS TELEGRAM_BOT_TOKEN TELEGRAM_API_URL "
    "TELEGRAM_WEBHOOK_URL TELEGRAM_KEEP_WEBHOOK DATABASE_URL REDIS_URL CATALOGUE RETENTION_DAYS "
    "ADMIN_TOKEN MOUWAKIB_TODAY"
)


def test_the_list_names_every_setting_of_the_contract_with_a_meaning() -> None:
    lines = settings.describe(settings.load({})).splitlines()
    assert [line.split()[0] for line in lines] == CONTRACT.split()
    assert all(len(line.split()) > 3 for line in lines)


def test_the_list_shows_a_changed_value_but_never_a_secret() -> None:
    shown = settings.describe(settings.load({"PORT": "80", "TELEGRAM_BOT_TOKEN": "42:SECRET"}))
    assert "now: 80" in shown
    assert "SECRET" not in shown


def test_an_empty_variable_means_the_default() -> None:
    assert settings.load({"PORT": " ", "HOST": ""}) == settings.Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "abc"), ("PORT", "0"), ("PORT", "٥٠٠٥"), ("PORT", "70000"), ("RETENTION_DAYS", "-1"),
     ("DATABASE_URL", "mysql://x"), ("MOUWAKIB_TODAY", "2026-02-30")],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(settings.SettingsError, match=name) as error:
        settings.load({name: value})
    assert "\n" not in str(error.value)


def test_a_database_address_of_the_old_spelling_is_understood() -> None:
    chosen = settings.load({"DATABASE_URL": "postgres://u@h/d"})
    assert chosen.sqlalchemy_url == "postgresql://u@h/d"


def test_people_are_shown_the_public_address_where_there_is_one() -> None:
    assert settings.load({"HOST": "0.0.0.0"}).chat_url == "http://127.0.0.1:5005/chat"
    public = settings.load({"PUBLIC_URL": "https://aide.example.ma/"})
    assert public.chat_url == "https://aide.example.ma/chat"
