"""Addresses of the mailbox for those who answer. Whoever wrote opens theirs at a door: `web/urls.py`."""

from django.urls import path

from onrecord.mailbox.views.answering import messages_page, sent_file, who_reported
from onrecord.mailbox.views.counting import known_to_whom_page

urlpatterns = [
    path("known-to-whom", known_to_whom_page, name="known-to-whom"),
    path("messages/<uuid:uid>", messages_page, name="messages"),
    path("messages/<uuid:uid>/files/<uuid:file>", sent_file, name="sent-file"),
    path("messages/<uuid:uid>/who", who_reported, name="who-reported"),
]
