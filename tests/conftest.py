"""What holds for every test: one fixed day, no proxy between us and ourselves."""

from __future__ import annotations

import os

TODAY = "2026-11-24"

# Before anything is imported, and for every process that a test starts
os.environ["MOUWAKIB_TODAY"] = TODAY
os.environ["NO_PROXY"] = os.environ["no_proxy"] = "127.0.0.1,localhost,::1"
