"""What ``python -m bot settings --check`` says of a deployment."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings, unsafe
from bot.__main__ import main

SAFE = {
    "HOST": "127.0.0.1",
    "PUBLIC_URL": "https://aide.example.ma",
    "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/28",
    "ALLOWED_ORIGINS": "https://www.example.ma, http://localhost:8000",
    "ADMIN_TOKEN": "wXq3-7Lm0Zt_9RkPbVnYs2Hd",
    "TELEGRAM_BOT_TOKEN": "42:x",
    "TELEGRAM_WEBHOOK_URL": "https://aide.example.ma/webhooks/telegram",
    "DATABASE_URL": "postgresql://m:secret@db.example.ma/m?sslmode=verify-full",
    "REDIS_URL": "rediss://:secret@cache.example.ma",
    "RETENTION_DAYS": "180",
}

NEW = {"DATABASE_URL": "sqlite:////nowhere/new.db"}
"""The defaults, before anything has been kept."""

UNSAFE = [
    ("PUBLIC_URL", "http://aide.example.ma"),
    ("TRUSTED_PROXIES", ""),
    ("TRUSTED_PROXIES", "0.0.0.0/0"),
    ("TRUSTED_PROXIES", "::/0"),
    ("TRUSTED_PROXIES", "my-proxy"),
    ("ALLOWED_ORIGINS", "*"),
    ("ALLOWED_ORIGINS", "http://www.example.ma"),
    ("ADMIN_TOKEN", "secret"),
    ("ADMIN_TOKEN", "a" * 40),
    ("TELEGRAM_API_URL", "http://bots.example.ma"),
    ("TELEGRAM_WEBHOOK_URL", "http://aide.example.ma"),
    ("DATABASE_URL", "postgresql://m@db.example.ma/m?sslmode=require"),
    ("DATABASE_URL", "postgresql://m:x@db.example.ma/m"),
    ("DATABASE_URL", "postgresql://m:x@db.example.ma/m?sslmode=prefer"),
    ("REDIS_URL", "redis://:secret@cache.example.ma"),
    ("REDIS_URL", "rediss://cache.example.ma"),
    ("RETENTION_DAYS", "0"),
    ("RETENTION_DAYS", "3650"),
    ("MOUWAKIB_TODAY", "2026-01-01"),
]


def test_a_careful_deployment_and_the_defaults_are_safe() -> None:
    assert unsafe.dangers(settings.load(SAFE)) == []
    assert unsafe.dangers(settings.load(NEW)) == []


@pytest.mark.parametrize(("name", "value"), UNSAFE)
def test_each_danger_is_one_sentence_that_names_the_setting(name: str, value: str) -> None:
    [danger] = unsafe.dangers(settings.load({**SAFE, name: value}))
    assert name in danger
    assert "\n" not in danger


def test_a_server_open_to_the_network_without_tls_is_unsafe() -> None:
    [danger] = unsafe.dangers(settings.load({**NEW, "HOST": "0.0.0.0"}))
    assert danger.startswith("HOST ")


def test_no_danger_shows_a_secret() -> None:
    bad = {"ADMIN_TOKEN": "hunter2", "DATABASE_URL": "postgresql://m:hunter3@db.example.ma/m"}
    said = " ".join(unsafe.dangers(settings.load(bad)))
    assert said
    assert "hunter" not in said


def test_a_database_that_other_accounts_can_read_is_unsafe(tmp_path: Path) -> None:
    file = tmp_path / "m.db"
    file.touch(0o644)
    chosen = settings.load({"DATABASE_URL": f"sqlite:///{file}"})
    tmp_path.chmod(0o755)
    assert len(unsafe.dangers(chosen)) == 1
    tmp_path.chmod(0o700)
    assert unsafe.dangers(chosen) == []


def test_the_command_exits_with_1_when_something_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MOUWAKIB_TODAY")
    monkeypatch.setenv("DATABASE_URL", NEW["DATABASE_URL"])
    assert main(["settings", "--check"]) == 0
    monkeypatch.setenv("ALLOWED_ORIGINS", "*")
    assert main(["settings", "--check"]) == 1
    assert "ALLOWED_ORIGINS" in capsys.readouterr().out
