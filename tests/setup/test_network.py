from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.network import calls_out, network_guard


def test_the_guard_of_these_tests_notices_a_call(tmp_path: Path) -> None:
    code = (
        "import urllib.request as u\ntry: u.urlopen('http://example.invalid')\nexcept OSError: pass"
    )
    environment = {n: v for n, v in os.environ.items() if "proxy" not in n.lower()}
    environment.update(network_guard(tmp_path))
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert calls_out(tmp_path) == ["'example.invalid'"]
