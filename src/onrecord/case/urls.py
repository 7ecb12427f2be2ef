"""Addresses of a child's file, of looking for a child, and of who read what."""

from django.urls import path

from onrecord.case.views.file import child_file
from onrecord.case.views.reads import links, reads, searches
from onrecord.case.views.search import search

urlpatterns = [
    path("children/<uuid:mention>", child_file, name="child-file"),
    path("search", search, name="search"),
    path("searches", searches, name="searches"),
    path("links", links, name="links"),
    path("reads", reads, name="reads"),
]
