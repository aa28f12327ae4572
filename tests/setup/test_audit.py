"""``make audit``: what passes, what fails, and that the documented exceptions are the real ones."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTED = re.compile(r"^([A-Z]+-[\w-]+) +(\S+) +(.+)$", re.MULTILINE)


def test_the_documented_advisories_are_those_that_the_audit_lets_pass() -> None:
    listed = LISTED.findall((ROOT / "tools" / "advisories.txt").read_text())
    text = (ROOT / "docs" / "security.md").read_text()
    told = re.findall(r"^\| ([A-Z]+-[\w-]+) \| (\S+) \| (.+) \|$", text, re.MULTILINE)
    assert len(listed) > 5
    assert [(id, package, why.replace("`", "")) for id, package, why in told] == listed


def test_every_exception_is_about_a_package_that_is_locked() -> None:
    locked = (ROOT / "requirements.lock").read_text()
    for _, package, _ in LISTED.findall((ROOT / "tools" / "advisories.txt").read_text()):
        assert re.search(rf"^{package}==", locked, re.MULTILINE), f"{package} is gone"


@pytest.mark.parametrize(
    ("said", "code", "expected"),
    [
        ("No known vulnerabilities found, 12 ignored", 0, 0),
        ("Found 1 known vulnerability in 1 package", 1, 1),
        ("ERROR:pip_audit._cli:x: Dependency not found on PyPI and could not be audited: x", 1, 2),
        ("requests.exceptions.ConnectionError: Max retries exceeded", 1, 2),
    ],
)
def test_what_cannot_be_looked_up_fails_like_what_is_vulnerable(
    tmp_path: Path, said: str, code: int, expected: int
) -> None:
    tools, own = tmp_path / "tools", tmp_path / ".tools" / "audit"
    shutil.copytree(ROOT / "tools", tools)
    (own / "bin").mkdir(parents=True)
    shutil.copy(tools / "audit.lock", own / "made-from")
    double = own / "bin" / "pip-audit"
    double.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\necho "{said}"\nexit {code}\n')
    double.chmod(0o755)
    done = subprocess.run(["sh", tools / "audit.sh"], capture_output=True, text=True)
    assert done.returncode == expected
    asked = (tmp_path / "asked").read_text()
    assert "--strict" in asked
    assert "--requirement requirements.lock" in asked
    assert asked.count("--ignore-vuln CVE-") == len(
        LISTED.findall((tools / "advisories.txt").read_text())
    )
