"""The set-up script, with a double in the place of uv that fails as asked."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

UV = """#!/bin/sh
echo "$*" >> calls
case "$1 $2" in
    "--version ") echo "uv VERSION"; exit ;;
    "venv --quiet")
        mkdir -p .venv/bin && ln -sf PYTHON .venv/bin/python && exit ;;
    "pip sync") [ -n "${FAULT:-}" ] && { echo "$FAULT" >&2; exit 2; } ;;
    "python install") echo "error sending request" >&2; exit 2 ;;
    "python find") exit 1 ;;
esac
exit 0
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with the double of uv, and a home in which pyenv has a Python 3.10."""
    for name in ("requirements.in", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    version = (ROOT / "tools" / "uv.lock").read_text().split("==")[1].split()[0]
    uv = tmp_path / ".tools" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    uv.write_text(UV.replace("VERSION", version).replace("PYTHON", "../../python-of-the-double"))
    uv.chmod(0o755)
    # an interpreter whose site-packages is inside the clone
    python = tmp_path / "python-of-the-double"
    python.write_text(
        f'#!/bin/sh\ncase "$2" in *purelib*) mkdir -p "{tmp_path}/site"; echo "{tmp_path}/site";; '
        f'*) exec "{sys.executable}" "$@";; esac\n'
    )
    python.chmod(0o755)
    pyenv = tmp_path / "home" / ".pyenv" / "versions" / "3.10.9" / "bin"
    pyenv.mkdir(parents=True)
    (pyenv / "python3.10").symlink_to(python)
    return tmp_path


def set_up(clone: Path, path: str = "/usr/bin:/bin", **environment: str) -> tuple[int, str]:
    done = subprocess.run(
        ["sh", "tools/setup.sh"],
        capture_output=True,
        text=True,
        check=False,
        cwd=clone,
        env={"HOME": str(clone / "home"), "PATH": path, **environment},
    )
    return done.returncode, done.stderr.strip()


def calls(clone: Path, what: str) -> int:
    return (clone / "calls").read_text().count(what) if (clone / "calls").exists() else 0


def test_the_first_run_installs_from_the_lock_with_hashes_and_the_second_does_nothing(
    clone: Path,
) -> None:
    assert set_up(clone) == (0, "")
    assert calls(clone, "pip sync --quiet --require-hashes") == 1
    assert (clone / "site" / "mouwakib.pth").exists()
    everything = (clone / "calls").read_text()
    assert set_up(clone) == (0, "")
    assert (clone / "calls").read_text() == everything


def test_a_changed_lock_is_installed_again(clone: Path) -> None:
    set_up(clone)
    with (clone / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert set_up(clone) == (0, "")
    assert calls(clone, "pip sync") == 2


def test_a_python_3_10_of_pyenv_is_found_though_its_shim_refuses(clone: Path) -> None:
    shims = clone / "shims"
    shims.mkdir()
    (shims / "python3.10").write_text("#!/bin/sh\necho not active >&2\nexit 127\n")
    (shims / "python3.10").chmod(0o755)
    assert set_up(clone, path=f"{shims}:/usr/bin:/bin") == (0, "")
    assert calls(clone, "versions/3.10.9/bin/python3.10") == 1


def test_a_full_set_up_stays_full(clone: Path) -> None:
    assert set_up(clone, FULL="1") == (0, "")
    assert calls(clone, "-r requirements.in") == 1
    (clone / "calls").unlink()
    assert set_up(clone) == (0, "")
    assert calls(clone, "pip") == 0


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("error: Request failed\n  cause: dns error: failed to lookup address", "network"),
        ("error: command 'gcc' failed: No such file or directory", "no C compiler"),
        ("error: command 'x86_64-linux-gnu-gcc' failed with exit code 1", "no C compiler"),
        ("error: failed to write: Permission denied (os error 13)", "cannot be written"),
        ("error: No space left on device (os error 28)", "disk is full"),
        ("error: Hash mismatch for `rasa==3.6.21`", "its hash differs"),
        ("error: something new", "the log is .tools/setup.log"),
    ],
)
def test_a_failed_installation_is_said_in_one_sentence_and_tried_again_next_time(
    clone: Path, fault: str, sentence: str
) -> None:
    code, said = set_up(clone, FAULT=fault)
    assert code == 1
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert set_up(clone) == (0, "")


def test_without_a_python_3_10_and_without_network_the_way_out_is_named(clone: Path) -> None:
    shutil.rmtree(clone / "home")
    path = _tools_only(clone)
    code, said = set_up(clone, path=path, PYENV_ROOT="/nonexistent")
    if code == 0:
        pytest.skip("this machine has a Python 3.10 of its own in a usual place")
    assert "Python 3.10" in said
    assert len(said.splitlines()) == 1


def test_without_pip_and_curl_the_way_out_is_named(clone: Path) -> None:
    shutil.rmtree(clone / ".tools")
    code, said = set_up(clone, path=_tools_only(clone), PYENV_ROOT="/nonexistent")
    assert code == 1
    assert "pip or curl" in said
    assert len(said.splitlines()) == 1


def test_with_curl_and_no_pip_uv_comes_from_its_own_installer(clone: Path) -> None:
    uv = clone / ".tools" / "bin" / "uv"
    script = 'mkdir -p "$UV_UNMANAGED_INSTALL" && cp kept-uv "$UV_UNMANAGED_INSTALL/uv"'
    shutil.copy(uv, clone / "kept-uv")
    shutil.rmtree(clone / ".tools")
    path = Path(_tools_only(clone))
    (path / "curl").write_text(f"#!/bin/sh\necho \"$*\" > asked\necho '{script}'\n")
    (path / "curl").chmod(0o755)
    assert set_up(clone, path=str(path)) == (0, "")
    assert (clone / "asked").read_text().startswith("-LsSf https://")


def test_a_folder_that_cannot_be_written_is_named(clone: Path) -> None:
    shutil.rmtree(clone / ".tools")
    (clone / ".tools").write_text("a file where the folder should be")
    code, said = set_up(clone)
    assert code == 1
    assert f"The folder {clone} cannot be written" in said


def test_the_lock_has_hashes_for_everything_and_names_no_address() -> None:
    for name in ("requirements.lock", "tools/uv.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        for entry in text.replace("\\\n", " ").splitlines():
            assert entry.startswith("#") or "--hash=sha256:" in entry, entry[:80]
    assert "tensorflow" not in (ROOT / "requirements.lock").read_text()


def _tools_only(clone: Path) -> str:
    """A PATH with what a shell script needs, and no Python, pip or curl."""
    folder = clone / "tools-only"
    folder.mkdir()
    for tool in [
        "sh",
        "sed",
        "dirname",
        "cat",
        "cmp",
        "mkdir",
        "grep",
        "cut",
        "ls",
        "ln",
        "rm",
        "cp",
    ]:
        found = shutil.which(tool)
        assert found, tool
        (folder / tool).symlink_to(found)
    return os.fspath(folder)
