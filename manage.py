#!/usr/bin/env python
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import OperationalError

from socialewifi.config import database
from socialewifi.config.embedded.server import CannotStart

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialewifi.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, CannotStart) as wrong:
        sys.exit(f"Error: {wrong}")
    except OperationalError:
        if reason := database.refusal():
            sys.exit(f"Error: {reason}")
        raise
