"""``make bench``: what the website widget weighs and how soon it is there, beside two others.

A phone-sized Chromium on what browsers call "slow 3G" (400 kbit/s, two seconds of delay for every
request) with a processor slowed down four times. The others, ``deep-chat`` and ``rasa-webchat``,
come as published from the npm registry; without ``npm``, or without the registry, the table says so.
Only addresses of this machine are loaded in the browser.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.server import running

SLOW_3G = {"offline": False, "latency": 2000, "downloadThroughput": 50e3, "uploadThroughput": 50e3}
SLOWER = 4  # times, the processor
PHONE = ViewportSize(width=360, height=640)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no third party is asked
]
RUNS = 3  # the median counts
WITHIN = 120_000  # milliseconds
FETCH_WITHIN = 180  # seconds

# The first frame that has what a visitor can use (rasa-webchat's has no size of its own)
WATCH = """(() => { const look = () => { const found = %s;
  if (found) window.thereAt = performance.now();
  else requestAnimationFrame(look); }; look(); })()"""


@dataclass(frozen=True)
class Widget:
    """A widget as a page embeds it: its script, what to look for, what the page writes."""

    name: str
    script: bytes
    html: str
    usable: str

    @property
    def kilobytes(self) -> float:
        """The script, compressed."""
        return len(gzip.compress(self.script, mtime=0)) / 1000


def main() -> None:
    """Measure and print a table."""
    with tempfile.TemporaryDirectory() as name, site() as served, sync_playwright() as playwright:
        folder = Path(name)
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with running(folder, ALLOWED_ORIGINS=served.url) as server:
            others = published(folder)
            print(
                "| | script, gzip (KB) | over the line (KB) | requests | usable after (s) | greeting after a click (s) |"
            )
            print("|---|---|---|---|---|---|")
            for widget in (ours(browser, server), *others):
                print(row(browser, served, widget), flush=True)
        browser.close()
    if not others:
        print("\ndeep-chat and rasa-webchat could not be fetched from the npm registry here.")


def row(browser: Browser, served: Site, widget: Widget) -> str:
    """Return one line of the table: the run of median speed."""
    runs = sorted((visit(browser, served, widget) for _ in range(RUNS)), key=lambda run: run[2])
    weight, requests, usable, greeting = runs[RUNS // 2]
    said = f"{greeting:.1f}" if greeting else "—"
    return (
        f"| {widget.name} | {widget.kilobytes:.1f} | {weight / 1000:.1f} | {requests} "
        f"| {usable / 1000:.1f} | {said} |"
    )


def visit(browser: Browser, served: Site, widget: Widget) -> tuple[float, int, float, float]:
    """Open the page once with nothing cached.

    Returns:
        Bytes and requests without the page itself, milliseconds until usable, and seconds from a
        click to the first greeting (0 where no server of ours is asked).
    """
    served.widget = widget
    context = browser.new_context(viewport=PHONE, has_touch=True, service_workers="block")
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_3G)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    loaded: list[float] = []
    line.on("Network.loadingFinished", lambda event: loaded.append(event["encodedDataLength"]))
    page.add_init_script(WATCH % widget.usable)
    page.goto(served.url, wait_until="commit")
    page.wait_for_function("window.thereAt", timeout=WITHIN)
    usable = float(page.evaluate("window.thereAt"))
    page.wait_for_load_state("load")
    weight, requests = sum(loaded[1:]), len(loaded) - 1
    greeting = greet(page) if widget.name == "Mouwakib" else 0.0
    context.close()
    return weight, requests, usable, greeting


def greet(page: Page) -> float:
    """Click the launcher; return the seconds until the greeting is there."""
    launcher, greeting = page.locator(".launcher"), page.locator(".message.bot")
    page.evaluate("window.clicked = performance.now()")
    launcher.click()
    expect(greeting.first).to_be_visible(timeout=WITHIN)
    return float(page.evaluate("(performance.now() - window.clicked) / 1000"))


def ours(browser: Browser, server: str) -> Widget:
    """Return our widget, from a running server."""
    page = browser.new_page()
    answer = page.request.get(f"{server}/chat/widget.js")
    script = answer.body()
    page.close()
    return Widget(
        "Mouwakib",
        script,
        f'<script src="{server}/chat/widget.js" async></script>',
        'document.querySelector("mouwakib-chat")?.shadowRoot?.querySelector(".launcher")',
    )


def published(folder: Path) -> list[Widget]:
    """Fetch the others; return none where that is not possible."""
    if not shutil.which("npm"):
        return []
    packages = {"deep-chat": "2.4.2", "rasa-webchat": "1.0.1"}
    command = [
        "npm",
        "pack",
        "--silent",
        *(f"{name}@{number}" for name, number in packages.items()),
    ]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=FETCH_WITHIN)
    except (subprocess.SubprocessError, OSError):
        return []

    def script(package: str, path: str) -> bytes:
        with tarfile.open(folder / f"{package}-{packages[package]}.tgz") as archive:
            member = archive.extractfile(f"package/{path}")
            assert member is not None
            return member.read()

    return [
        Widget(
            "deep-chat",
            script("deep-chat", "dist/deepChat.bundle.js"),
            '<script src="/widget.js" type="module"></script>'
            """<deep-chat introMessage='{"text": "Salam"}'></deep-chat>""",
            'document.querySelector("deep-chat")?.shadowRoot?.querySelector("#text-input")',
        ),
        Widget(
            "rasa-webchat",
            script("rasa-webchat", "lib/index.js"),
            '<script src="/widget.js"></script>'
            '<script>window.WebChat.default({socketUrl: location.origin, connectOn: "open", hideWhenNotConnected: false});</script>',
            'document.querySelector(".rw-launcher")',
        ),
    ]


class Site(ThreadingHTTPServer):
    """A page that embeds one widget at a time."""

    widget: Widget

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        widget = self.server.widget
        body, kind = widget.script, "text/javascript"
        if self.path == "/":
            page = f"<!DOCTYPE html><html lang=fr><h1>Commune</h1>{widget.html}"
            body, kind = page.encode(), "text/html; charset=utf-8"
        found = self.path in ("/", "/widget.js")
        body = gzip.compress(body, mtime=0) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if found:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def site() -> Iterator[Site]:
    """Serve the page on a free port of this machine."""
    with Site(("127.0.0.1", 0), _Handler) as served:
        threading.Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


if __name__ == "__main__":
    main()
