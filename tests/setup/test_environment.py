"""What set-up puts into the environment, for every way of starting Python in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.network import calls_out, network_guard

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "bot" / "adapters" / "tiny"
RASA = Path(sys.executable).with_name("rasa")


def python(code: str, tmp_path: Path, **environment: str) -> str:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("RASA_", "PYTHONPATH"))
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**kept, "HOME": str(tmp_path), **environment},
    )
    return done.stdout.strip()


def test_telemetry_is_off_without_anybody_asking(tmp_path: Path) -> None:
    code = "import rasa.telemetry as t; print(t.initialize_telemetry(), t.is_telemetry_enabled())"
    assert python(code, tmp_path) == "False False"


def test_sentry_is_never_started_even_with_a_key(tmp_path: Path) -> None:
    code = (
        "import rasa.telemetry as t, sentry_sdk; t.initialize_error_reporting();"
        "print(sentry_sdk.Hub.current.client)"
    )
    assert python(code, tmp_path, RASA_EXCEPTION_WRITE_KEY="x@y/1") == "None"


def test_an_installed_tensorflow_is_found_before_the_placeholder(tmp_path: Path) -> None:
    if "placeholder" not in python("import tensorflow as t; print(t.__file__)", tmp_path):
        pytest.skip("this is a full set-up: TensorFlow itself is installed")
    (tmp_path / "tensorflow").mkdir()
    (tmp_path / "tensorflow" / "__init__.py").write_text("real = True")
    code = "import tensorflow, sys; print(tensorflow.real, sys.path[-1].endswith('placeholder'))"
    assert python(code, tmp_path, PYTHONPATH=str(tmp_path)) == "True True"


@pytest.mark.slow
@pytest.mark.parametrize("component", ["DIETClassifier", "ResponseSelector", "TEDPolicy"])
def test_a_tensorflow_component_ends_in_one_sentence_and_no_command_calls_out(
    component: str, tmp_path: Path
) -> None:
    guard = network_guard(tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("rules.yml", "nlu.yml"):
        shutil.copy(TINY / name, tmp_path / "data")
    shutil.copy(TINY / "domain.yml", tmp_path)
    config = (TINY / "config.yml").read_text()
    if component == "TEDPolicy":
        config += "  - {name: TEDPolicy, epochs: 1}\n"
        story = "stories: [{story: s, steps: [{intent: greet}, {action: action_tiny_greet}]}]\n"
        (tmp_path / "data" / "stories.yml").write_text(story)
    else:
        config = config.replace("policies:", f"  - {{name: {component}, epochs: 1}}\npolicies:")
    if component == "ResponseSelector":
        faq = "- intent: faq/{0}\n  examples: |\n    - quoi {0}\n    - quand {0}\n"
        (tmp_path / "data" / "faq.yml").write_text("nlu:\n" + faq.format("a") + faq.format("b"))
        domain = (TINY / "domain.yml").read_text().replace("[greet,", "[faq, greet,")
        domain += '  utter_faq/a: [{text: "a"}]\n  utter_faq/b: [{text: "b"}]\n'
        (tmp_path / "domain.yml").write_text(domain)
    (tmp_path / "config.yml").write_text(config)
    kept = {n: v for n, v in os.environ.items() if not n.startswith("RASA_")}
    done = subprocess.run(
        [str(RASA), "train"],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={
            **kept,
            "HOME": str(tmp_path),
            **guard,
        },
    )
    assert done.returncode == 1
    assert "make setup FULL=1" in done.stdout, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert calls_out(tmp_path) == []
