"""Addresses of a child's file, of looking for a child, and of who read what."""

from django.urls import path

from onrecord.case.views.bundles import bundle, file_bundles
from onrecord.case.views.calendar import calendar, calendar_feed
from onrecord.case.views.file import child_file
from onrecord.case.views.meetings import meeting, meeting_new, meeting_say, meetings, meetings_unrecorded, met
from onrecord.case.views.moving import document_move
from onrecord.case.views.parts import document, file_assessments, file_documents, file_plan, file_print, file_who
from onrecord.case.views.reads import links, reads, searches
from onrecord.case.views.restricting import restricted
from onrecord.case.views.saying import challenge_wording, mark_significant, say_of_child
from onrecord.case.views.search import search
from onrecord.case.views.trusted import service_end, trusted
from onrecord.case.views.trusting import trusting

urlpatterns = [
    path("calendar", calendar, name="calendar"),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar-feed"),
    path("children/<uuid:mention>/trusted-adult", trusted, name="trusted-adult"),
    path("trusting", trusting, name="trusting"),
    path("services/end", service_end, name="service-end"),
    path("meetings", meetings, name="meetings"),
    path("meetings/new", meeting_new, name="meeting-new"),
    path("meetings/unrecorded", meetings_unrecorded, name="meetings-unrecorded"),
    path("meetings/steps/<uuid:uid>", met, name="met"),
    path("meetings/<uuid:uid>", meeting, name="meeting"),
    path("meetings/<uuid:uid>/<slug:what>", meeting_say, name="meeting-say"),
    path("children/<uuid:mention>", child_file, name="child-file"),
    path("children/<uuid:mention>/assessments", file_assessments, name="file-assessments"),
    path("children/<uuid:mention>/plan", file_plan, name="file-plan"),
    path("children/<uuid:mention>/documents", file_documents, name="file-documents"),
    path("children/<uuid:mention>/documents/<uuid:uid>/move", document_move, name="document-move"),
    path("children/<uuid:mention>/who", file_who, name="file-who"),
    path("children/<uuid:mention>/print", file_print, name="file-print"),
    path("children/<uuid:mention>/significant/<uuid:entry>", mark_significant, name="mark-significant"),
    path("children/<uuid:mention>/restricted", restricted, name="file-restricted"),
    path("children/<uuid:mention>/bundles", file_bundles, name="file-bundles"),
    path("bundles/<uuid:uid>", bundle, name="bundle"),
    path("documents/<uuid:uid>", document, name="document"),
    path("children/<uuid:mention>/record/<slug:said>", say_of_child, name="say-of-child"),
    path("children/<uuid:mention>/wording/<uuid:entry>", challenge_wording, name="challenge-wording"),
    path("search", search, name="search"),
    path("searches", searches, name="searches"),
    path("links", links, name="links"),
    path("reads", reads, name="reads"),
]
