"""Addresses of the front door, of duties, of the watch and of recording."""

from django.urls import path

from onrecord.duties.views.agency import of_agency
from onrecord.duties.views.caseload import case_worker, caseload
from onrecord.duties.views.challenge import disagree, one_disagreement, raised
from onrecord.duties.views.details import details_back, details_of, my_details, staff_details
from onrecord.duties.views.doors import keys, make_link
from onrecord.duties.views.editions import bring_edition, one_edition
from onrecord.duties.views.erasing import erase, erasures_page
from onrecord.duties.views.front_door import front_door, front_door_report
from onrecord.duties.views.in_place import agree
from onrecord.duties.views.joint import joint_list
from onrecord.duties.views.law import my_rules, rules
from onrecord.duties.views.mine import cannot, hand_over, my_duties, one_duty
from onrecord.duties.views.one_rule import one_rule
from onrecord.duties.views.pairs import same_child
from onrecord.duties.views.people import people_page, say_of_people
from onrecord.duties.views.reports import my_reports
from onrecord.duties.views.rota import rota
from onrecord.duties.views.saying import record_kind, something_else
from onrecord.duties.views.sealed import sealed_list, sealed_report
from onrecord.duties.views.team import of_team
from onrecord.duties.views.watch import accept, confirm, watch, week

urlpatterns = [
    path("my-reports", my_reports, name="my-reports"),
    path("front-door", front_door, name="front-door"),
    path("front-door/<uuid:uid>", front_door_report, name="front-door-report"),
    path("same-child", same_child, name="same-child"),
    path("sealed", sealed_list, name="sealed-reports"),
    path("sealed/<uuid:uid>", sealed_report, name="sealed-report"),
    path("my-details", my_details, name="my-details"),
    path("staff-details", staff_details, name="staff-details"),
    path("staff-details/<slug:user>", details_of, name="details-of"),
    path("staff-details/<slug:user>/<uuid:uid>", details_back, name="details-back"),
    path("agree/<uuid:uid>", agree, name="agree"),
    path("duties", my_duties, name="my-duties"),
    path("duties/agency", of_agency, name="agency-duties"),
    path("duties/team", of_team, name="team-duties"),
    path("duties/law", my_rules, name="my-rules"),
    path("duties/<uuid:key>", one_duty, name="duty"),
    path("duties/<uuid:key>/cannot", cannot, name="duty-cannot"),
    path("duties/<uuid:key>/hand-over", hand_over, name="duty-hand-over"),
    path("joint-list", joint_list, name="joint-list"),
    path("raised", raised, name="raised"),
    path("raised/<uuid:uid>", one_disagreement, name="one-disagreement"),
    path("disagree/<uuid:uid>", disagree, name="disagree"),
    path("caseload", caseload, name="caseload"),
    path("case-worker/<uuid:mention>", case_worker, name="case-worker"),
    path("watch", watch, name="watch"),
    path("watch/week", week, name="watch-week"),
    path("watch/accept", accept, name="accept-seat"),
    path("watch/confirm", confirm, name="confirm-seat"),
    path("people", people_page, name="people"),
    path("people/rota", rota, name="rota"),
    path("people/link", make_link, name="make-link"),
    path("keys", keys, name="keys"),
    path("people/<slug:what>", say_of_people, name="say-of-people"),
    path("erasures", erasures_page, name="erasures"),
    path("erasures/<uuid:uid>", erase, name="erase"),
    path("rulebook", rules, name="rulebook"),
    path("rulebook/propose", bring_edition, name="bring-edition"),
    path("rulebook/editions/<slug:digest>", one_edition, name="edition"),
    path("rulebook/rules/<slug:rule>", one_rule, name="rule"),
    path("record/new", something_else, name="record-else"),
    path("record/<str:kind>", record_kind, name="record-kind"),
]
