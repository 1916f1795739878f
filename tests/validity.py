"""Whether pages are valid HTML, asked of html-validate in one go."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parent.parent / "frontend"


def faults(pages: dict[str, str]) -> dict[str, list[str]]:
    """Return the faults of each page that has any; ``pages`` holds HTML by name."""
    _need_the_validator()
    command = ["../bin/with-node", "node", "validate.mjs"]
    answer = subprocess.run(command, cwd=FRONTEND, input=json.dumps(pages), capture_output=True, text=True, check=True)
    return json.loads(answer.stdout)


def _need_the_validator() -> None:
    if (FRONTEND / "node_modules" / "html-validate").is_dir() and shutil.which("sh"):
        return
    missing = pytest.fail if os.environ.get("CI") else pytest.skip
    missing("The look is not installed: run make setup.")
