"""Where Chromium is on this machine, and how it is started."""

import os
import shutil
import sys

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_RUN = "install Chromium (Debian: apt-get install chromium), or name it as CHROMIUM=/path/to/chromium"


def path() -> str:
    """Return the path of Chromium; empty when there is none."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "chrome")
    return next((found for name in names if name and (found := shutil.which(name))), "")


if __name__ == "__main__":
    sys.stdout.write(f"{path()}\n")
    sys.exit(not path())
