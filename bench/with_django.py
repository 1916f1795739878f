"""``python -m bench.with_django MODULE ...``: set up Django, and only then import the module and run its ``main``."""

import importlib
import sys

import django

if __name__ == "__main__":
    django.setup()
    importlib.import_module(sys.argv[1]).main(*sys.argv[2:])
