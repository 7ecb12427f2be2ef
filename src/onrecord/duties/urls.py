"""Addresses of the front door, of duties, of the watch and of recording."""

from django.urls import path

from onrecord.duties.views.agency import of_agency
from onrecord.duties.views.details import details_of, my_details, staff_details
from onrecord.duties.views.doors import keys, make_link
from onrecord.duties.views.front_door import front_door, front_door_report
from onrecord.duties.views.joint import joint_list
from onrecord.duties.views.law import my_rules, rules
from onrecord.duties.views.mine import cannot, hand_over, my_duties, one_duty
from onrecord.duties.views.people import people_page, say_of_people
from onrecord.duties.views.reports import my_reports
from onrecord.duties.views.rota import rota
from onrecord.duties.views.saying import record_kind, something_else
from onrecord.duties.views.sealed import sealed_list, sealed_report
from onrecord.duties.views.watch import accept, confirm, watch

urlpatterns = [
    path("my-reports", my_reports, name="my-reports"),
    path("front-door", front_door, name="front-door"),
    path("front-door/<uuid:uid>", front_door_report, name="front-door-report"),
    path("sealed", sealed_list, name="sealed-reports"),
    path("sealed/<uuid:uid>", sealed_report, name="sealed-report"),
    path("my-details", my_details, name="my-details"),
    path("staff-details", staff_details, name="staff-details"),
    path("staff-details/<slug:user>", details_of, name="details-of"),
    path("duties", my_duties, name="my-duties"),
    path("duties/agency", of_agency, name="agency-duties"),
    path("duties/law", my_rules, name="my-rules"),
    path("duties/<uuid:key>", one_duty, name="duty"),
    path("duties/<uuid:key>/cannot", cannot, name="duty-cannot"),
    path("duties/<uuid:key>/hand-over", hand_over, name="duty-hand-over"),
    path("joint-list", joint_list, name="joint-list"),
    path("watch", watch, name="watch"),
    path("watch/accept", accept, name="accept-seat"),
    path("watch/confirm", confirm, name="confirm-seat"),
    path("people", people_page, name="people"),
    path("people/rota", rota, name="rota"),
    path("people/link", make_link, name="make-link"),
    path("keys", keys, name="keys"),
    path("people/<slug:what>", say_of_people, name="say-of-people"),
    path("rulebook", rules, name="rulebook"),
    path("record/new", something_else, name="record-else"),
    path("record/<str:kind>", record_kind, name="record-kind"),
]
