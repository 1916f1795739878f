import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "socialewifi.config.settings")
application = get_wsgi_application()
# What is loaded by now stays as long as the process: there is no garbage in it, and looking through it time after time
# takes a tenth of every request. Afterwards a request's own garbage is looked at less often.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
