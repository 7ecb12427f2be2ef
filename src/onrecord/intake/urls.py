"""Addresses of reporting."""

from django.urls import path

from onrecord.intake.views.reports import copy, original, phone_note, proof, receipt, send_report, take_in

urlpatterns = [
    path("report", send_report, name="report"),
    path("take-in", take_in, name="take-in"),
    path("phone-note", phone_note, name="phone-note"),
    path("originals/<uuid:uid>", original, name="original"),
    path("report/<uuid:uid>", receipt, name="receipt"),
    path("report/<uuid:uid>/proof.txt", proof, name="receipt-proof"),
    path("report/<uuid:uid>/copy.txt", copy, name="receipt-copy"),
]
