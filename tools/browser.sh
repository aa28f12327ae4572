#!/bin/sh
# Finds the Chromium that the browser tests drive; installs Debian's where that is allowed.
set -u

find_browser() {
    for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && return 0
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]
}

find_browser && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests…"
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core; } \
        >/dev/null 2>&1 && find_browser && exit 0
fi
echo "The browser tests need Chromium: install it (Debian, Ubuntu: apt-get install chromium), or name one with CHROMIUM=/path/to/chromium." >&2
exit 1
