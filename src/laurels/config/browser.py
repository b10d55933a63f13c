"""The browser of the tests: Debian's Chromium, installed where we may."""

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome")
SKIPPED = "No Chromium here, so the browser tests are skipped: sudo apt-get install chromium"


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    chosen = os.environ.get("CHROMIUM")
    return chosen or next((path for name in NAMES if (path := shutil.which(name))), None)


def find_or_install() -> None:
    """Install Chromium where this process is root on Debian; say in one line when it is missing."""
    if find() is None and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the browser tests", flush=True)
        run_quietly("apt-get", "update")
        run_quietly("apt-get", "install", "--yes", "--no-install-recommends", "chromium")
    if find() is None:
        print(SKIPPED, flush=True)


def run_quietly(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=environment, check=False, capture_output=True)
