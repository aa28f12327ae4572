#!/bin/sh
# Finds the PostgreSQL and Redis that the tests start; installs Debian's where that is allowed.
set -u

find_postgres() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}
find_redis() {
    command -v redis-server >/dev/null 2>&1
}

find_postgres && find_redis && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing PostgreSQL and Redis for the tests…"
    # its own cluster is not wanted: the tests make theirs
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq \
        --no-install-recommends postgresql redis-server; } >/dev/null 2>&1 &&
        find_postgres && find_redis && exit 0
fi
echo "Without PostgreSQL and Redis their tests are left out (Debian, Ubuntu: apt-get install postgresql redis-server)." >&2
[ -z "${CI:-}" ]
