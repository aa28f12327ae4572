#!/bin/sh
# Looks every locked package up among the known advisories; a package that cannot be looked up
# fails too. pip-audit has an environment of its own, since it cannot share Rasa's packages.
set -u
cd "$(dirname "$0")/.." || exit 1

HERE=.tools/audit
LOG=.tools/audit.log

if ! cmp -s tools/audit.lock $HERE/made-from; then
    echo "Setting pip-audit up…"
    rm -rf $HERE
    .tools/bin/uv venv -q --python .venv/bin/python $HERE &&
        .tools/bin/uv pip install -q --python $HERE/bin/python --require-hashes -r tools/audit.lock &&
        cp tools/audit.lock $HERE/made-from || exit 1
fi

known=$(sed -n 's/^\([A-Z][A-Z0-9-]*\) .*/--ignore-vuln \1/p' tools/advisories.txt)
# shellcheck disable=SC2086  # each is a word of its own
$HERE/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off \
    --requirement requirements.lock $known >$LOG 2>&1
code=$?
if [ $code -ne 0 ] && grep -qE 'could not be audited|ConnectionError|ConnectTimeout|ReadTimeout|Max retries' $LOG; then
    echo "The advisory service cannot be reached from here, or does not know a package: nothing was audited." >&2
    tail -1 $LOG >&2
    exit 2
fi
cat $LOG
exit $code
