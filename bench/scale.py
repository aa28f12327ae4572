"""``make bench-scale``: 1, 2 and 4 server processes on one PostgreSQL and one Redis.

Both are started from the machine's packages, on loopback, in a temporary folder. Every message of
a person goes to another process than the one before, which is the worst case: a load balancer
that keeps people where they were does better.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench.engines import postgres, postgres_folder, redis, redis_program
from bench.served import our_way
from bench.turns import percentile, turns_a_second

PROCESSES = (1, 2, 4)
PEOPLE = (10, 50)


def main() -> int:
    """Measure and print a table; return the exit code."""
    if postgres_folder() is None or redis_program() is None:
        print("PostgreSQL and Redis are needed: sh tools/servers.sh", file=sys.stderr)
        return 1
    print(f"{os.cpu_count()} cores, which the servers share with PostgreSQL, Redis and the bench\n")
    print("| processes | people at once | turns a second | p50 (ms) | p95 (ms) | memory (MB) |")
    print("|---|---|---|---|---|---|")
    for count in PROCESSES:
        with postgres() as database, redis() as limits, tempfile.TemporaryDirectory() as folder:
            where = {"DATABASE_URL": database.url, "REDIS_URL": limits.url}
            with our_way(Path(folder), count, **where) as served:
                turns_a_second(served.talk, 10)  # so that everything is loaded
                for people in PEOPLE:
                    times: list[float] = []
                    rate = turns_a_second(served.talk, people, times)
                    p50, p95 = percentile(times, 50), percentile(times, 95)
                    print(
                        f"| {count} | {people} | {rate:.0f} | {p50:.0f} | {p95:.0f} "
                        f"| {served.memory:.0f} |",
                        flush=True,
                    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
