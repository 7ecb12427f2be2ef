"""Addresses."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from onrecord.mailbox.views.box import mailbox
from onrecord.web.api import api
from onrecord.web.catalogue import reference
from onrecord.web.demo import move_clock
from onrecord.web.doors import child, easy, leave, work, worried
from onrecord.web.health import health
from onrecord.web.ledger import ledger
from onrecord.web.views import accessibility, home, how_it_works, notices, record_check

urlpatterns: list[URLPattern | URLResolver] = [
    *i18n_patterns(
        path("", home, name="home"),
        path("m/1", child, name="door-child"),
        path("m/2", worried, name="door-worried"),
        path("m/3", work, name="door-work"),
        path("m/4", easy, name="door-easy"),
        path("m/box", mailbox, name="mailbox"),
        prefix_default_language=False,
    ),
    path("", include("onrecord.access.urls")),
    path("", include("onrecord.intake.urls")),
    path("", include("onrecord.duties.urls")),
    path("", include("onrecord.mailbox.urls")),
    path("", include("onrecord.case.urls")),
    path("", include("onrecord.oversight.urls")),
    path("m/0", leave, name="leave"),
    path("notices", notices, name="notices"),
    path("record", record_check, name="record-check"),
    path("ledger", ledger, name="ledger"),
    path("catalogue", reference, name="catalogue"),
    path("catalogue/<slug:name>", reference, name="reference"),
    path("accessibility", accessibility, name="accessibility"),
    path("how-this-works", how_it_works, name="how-it-works"),
    path("demonstration/clock", move_clock, name="move-clock"),
    path("health", health, name="health"),
    path("api/", api.urls),
]

handler400 = "onrecord.web.wrong.bad_request"
handler403 = "onrecord.web.wrong.forbidden"
handler404 = "onrecord.web.wrong.not_found"
handler429 = "onrecord.access.views.entering.too_many"
handler500 = "onrecord.web.wrong.failed"
