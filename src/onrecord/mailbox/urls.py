"""Addresses of the mailbox. What stands below `m/` tells nobody what it is."""

from django.urls import path

from onrecord.mailbox.views.answering import messages_page, sent_file, who_reported
from onrecord.mailbox.views.box import mailbox

urlpatterns = [
    path("m/box", mailbox, name="mailbox"),
    path("messages/<uuid:uid>", messages_page, name="messages"),
    path("messages/<uuid:uid>/files/<uuid:file>", sent_file, name="sent-file"),
    path("messages/<uuid:uid>/who", who_reported, name="who-reported"),
]
