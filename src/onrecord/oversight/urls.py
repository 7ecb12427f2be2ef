"""Addresses of what was put to agencies."""

from django.urls import path

from onrecord.oversight.views import told

urlpatterns = [path("told", told, name="told")]
