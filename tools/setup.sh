#!/bin/sh
# Sets up .venv/ with the locked dependencies; does nothing when that is already done.
# Needs git, make and either pip or curl, and a Python of any version or none.
#   sh tools/setup.sh            what make run and make test need
#   FULL=1 sh tools/setup.sh     with TensorFlow too, for Rasa's TensorFlow components
set -u
cd "$(dirname "$0")/.." || exit 1

UV_VERSION=$(sed -n 's/^uv==\([0-9.]*\).*/\1/p' tools/uv.lock)
LOG=.tools/setup.log
STAMP=.venv/set-up-from
FULL=${FULL:-$(sed -n 's/^# with TensorFlow: //p' $STAMP 2>/dev/null)}  # once full, it stays so

stop() {  # one sentence, and nothing of what led to it
    echo "$*" >&2
    exit 1
}

inputs() {  # what the environment is made from; the same text means nothing to do
    cat requirements.lock tools/mouwakib.pth tools/setup.sh
    echo "# with TensorFlow: $FULL"
    echo "# in: $PWD"
}

works() {  # is $1 a Python 3.10 that runs? (a pyenv shim may exist and refuse)
    [ -n "$1" ] && "$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' >/dev/null 2>&1
}

explain() {  # turn a failed step's log into one sentence
    if grep -qiE 'no space left' $LOG; then
        stop "Set-up failed: the disk is full."
    elif grep -qiE 'permission denied|read-only file system' $LOG; then
        stop "Set-up failed: a folder cannot be written (the log $LOG names it)."
    elif grep -qiE "command '?[a-z0-9_-]*(gcc|cc|clang|c\+\+)'? failed|compiler .*not found|unable to execute '?[a-z0-9_-]*(gcc|cc|clang)|no acceptable c compiler|error: command .*(gcc|cc|clang)" $LOG; then
        stop "Set-up failed: a package has to be built here and there is no C compiler; install one (Debian, Ubuntu: apt-get install build-essential; macOS: xcode-select --install) and try again."
    elif grep -qiE 'dns error|could not resolve|failed to resolve|name resolution|connection refused|connect error|error sending request|network is unreachable|timed out|newconnectionerror|could not connect|failed to fetch|max retries|failed to connect|couldn.t connect|from versions: none' $LOG; then
        stop "Set-up failed: the package registry cannot be reached; check the network and try again."
    elif grep -qiE 'hash mismatch|do not match the hashes' $LOG; then
        stop "Set-up failed: a package is not the one that requirements.lock names (its hash differs)."
    fi
    stop "Set-up failed while $1; the log is $LOG."
}

pythons() {  # interpreters of any version that may have pip, newest names first
    for name in python3 python3.14 python3.13 python3.12 python3.11 python3.10 python3.9 python3.8 python; do
        command -v "$name" 2>/dev/null
    done
    ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.*/bin/python3 2>/dev/null
}

find_uv() {  # sets UV; a small tool environment of our own, whatever else is installed
    UV=.tools/bin/uv
    [ "$($UV --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ] && return
    echo "Fetching uv, the package installer…"
    for python in $(pythons); do
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' >/dev/null 2>&1 || continue
        if "$python" -m pip --version >/dev/null 2>&1; then
            pip_seen=yes
            "$python" -m pip install --quiet --disable-pip-version-check --no-deps --upgrade \
                --require-hashes -r tools/uv.lock --target .tools/uv >$LOG 2>&1 || continue
            mkdir -p .tools/bin && ln -sf ../uv/bin/uv $UV
            $UV --version >/dev/null 2>&1 && return
        fi
    done
    if command -v curl >/dev/null 2>&1; then
        pip_seen=yes
        curl -LsSf "https://astral.sh/uv/$UV_VERSION/install.sh" >.tools/install-uv.sh 2>>$LOG &&
            UV_UNMANAGED_INSTALL="$PWD/.tools/bin" sh .tools/install-uv.sh >>$LOG 2>&1
        $UV --version >/dev/null 2>&1 && return
    fi
    [ -n "${pip_seen:-}" ] || stop "Set-up needs pip or curl to fetch its installer: install one of them (Debian, Ubuntu: apt-get install curl) and try again."
    explain "fetching uv"
}

find_python() {  # sets PYTHON: a 3.10 that is here, used by pyenv or not, or one that uv fetches
    for PYTHON in .venv/bin/python "$(command -v python3.10)" \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.10*/bin/python3.10 \
        /usr/bin/python3.10 /usr/local/bin/python3.10 /opt/homebrew/bin/python3.10 \
        "$($UV python find --managed-python --no-python-downloads 3.10 2>/dev/null)"; do
        works "$PYTHON" && return
    done
    echo "Fetching Python 3.10…"
    $UV python install --managed-python 3.10 >$LOG 2>&1 ||
        stop "Rasa needs Python 3.10, which is not on this machine and could not be fetched: install it (pyenv install 3.10, or your system's package) and try again; the log is $LOG."
    PYTHON=$($UV python find --managed-python 3.10)
}

inputs 2>/dev/null | cmp -s - $STAMP 2>/dev/null && works .venv/bin/python && exit 0

mkdir -p .tools var models 2>/dev/null && [ -w . ] && : 2>/dev/null >$LOG ||
    stop "The folder $PWD cannot be written: clone the repository where you may write, or change its rights."
find_uv
find_python
echo "Installing the dependencies into .venv (once)…"
rm -f $STAMP
if ! works .venv/bin/python; then
    $UV venv --quiet --clear --python "$PYTHON" .venv >$LOG 2>&1 || explain "making .venv"
fi
$UV pip sync --quiet --require-hashes --python .venv/bin/python requirements.lock >$LOG 2>&1 ||
    explain "installing the dependencies"
if [ -n "$FULL" ]; then
    # not locked: Rasa's TensorFlow wants an older numpy than the lock has
    $UV pip install --quiet --python .venv/bin/python -r requirements.in >$LOG 2>&1 ||
        explain "installing TensorFlow"
fi
# the stand-in for TensorFlow, and Rasa's telemetry off, in every way of starting Python here
cp tools/mouwakib.pth "$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/" ||
    explain "finishing .venv"
inputs >$STAMP
