"""Addresses of reporting."""

from django.urls import path

from onrecord.intake.views import copy, proof, receipt, send_report

urlpatterns = [
    path("report", send_report, name="report"),
    path("report/<uuid:uid>", receipt, name="receipt"),
    path("report/<uuid:uid>/proof.txt", proof, name="receipt-proof"),
    path("report/<uuid:uid>/copy.txt", copy, name="receipt-copy"),
]
