"""A process that answers pages, as granian loads it: how it lives and ends, and its door (config.door)."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from socialewifi.config.door import WATCH, Door
from socialewifi.config.serve import end_with_parent
from socialewifi.core.tables import work_as

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialewifi.config.settings")
# Whoever waits for a page waits less long than a job may take (config.database).
os.environ["DATABASE_PATIENCE"] = "PAGE"
work_as("web")
# Each process that answers ends with the one that keeps them: killed, it leaves nobody at the port.
end_with_parent()
application = Door(get_wsgi_application())
WATCH.connect()
# What is loaded by now stays as long as the process: there is no garbage in it, and looking through it time after time
# takes a tenth of every request. Afterwards a request's own garbage is looked at less often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
