"""What a web server calls."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

from onrecord.ledger.gateway.collector import seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onrecord.web.settings")

application = get_wsgi_application()
import_module("onrecord.web.urls")  # every page now, not while somebody waits for the first
seldom()
