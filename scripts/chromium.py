"""The Chromium that the tests drive: found on this machine, or brought to it.

The system's own is taken if there is one; else root on Debian has apt-get bring it; else
Playwright downloads the one it knows. Run as `python -m scripts.chromium`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_MEND = (
    "Install Chromium with the system's package manager, or run "
    "`.venv/bin/playwright install --with-deps chromium`; "
    "or leave the browser's tests out with VOIRIE_SKIP=browser."
)


def find() -> Path | None:
    """Find a Chromium: the system's, else Playwright's."""
    for name in SYSTEM_NAMES:
        if path := shutil.which(name):
            return Path(path)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    return downloaded if downloaded.exists() else None


def provide() -> Path | None:
    """Bring a Chromium to this machine, by the first way that works, and find it."""
    for way in (_apt_install, _playwright_install):
        if way() and (found := find()):
            return found
    return None


def _apt_install() -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "--quiet"],
        ["apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium"],
    ):
        _say(f"running {' '.join(command)}")
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            return False
    return True


def _playwright_install() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    _say(f"running {' '.join(command)}")
    return subprocess.run(command, check=False).returncode == 0


def _say(sentence: str) -> None:
    sys.stdout.write(f"browser: {sentence}\n")
    sys.stdout.flush()


def main() -> int:
    """Find or bring a Chromium; 1 when the tests would have none."""
    if "browser" in os.environ.get("VOIRIE_SKIP", "").split(","):
        _say("not looked for, because VOIRIE_SKIP says so")
        return 0
    found = find() or provide()
    if found is None:
        _say(f"none to be had. {HOW_TO_MEND}")
        return 1
    _say(f"{found}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
