"""What a team owes, for everybody in it: what its people took over, and what is owed to the children they work with."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from onrecord.access.facts import PARTS
from onrecord.access.queries import called, people_and_cover, teammates
from onrecord.access.rules import Viewer
from onrecord.access.views import seated
from onrecord.duties.queries import team_duties, team_loads
from onrecord.duties.views.agency import PAGE, asked_of, many_of, options_of, owed_lines, strip_of, titles_of
from onrecord.ledger.gateway.clock import now


@seated
@require_safe
def of_team(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every open duty of the teams in which somebody is, fifty on a page, by person and rule where asked."""
    moment, asked = now(), asked_of(request)
    mates = teammates(viewer)
    owed = team_loads(viewer, mates, asked.person, moment)
    page = Paginator(range(many_of(owed, asked)), PAGE).get_page(request.GET.get("page"))
    views = team_duties(viewer, mates, asked, moment, (page.number - 1) * PAGE, PAGE)
    teams = sorted({team for team, _, _ in mates})
    everybody = [one for one in people_and_cover(moment) if one.agency in {team.agency for team in teams}]
    names = {one.user: one.name for one in everybody}
    there = [(team, names.get(user, user), PARTS.words[part], user) for team, user, part in mates]
    context = {
        "lines": owed_lines(viewer, views, everybody, moment),
        "page": page,
        "counts": strip_of(owed),
        "people": options_of(asked.person, "Everybody", {user: name for _, name, _, user in there}),
        "rules": options_of(asked.rule, "Every rule", titles_of(owed)),
        "asked": asked,
        "teams": [f"{team.spoken}, {called(team.agency)}" for team in teams],
        "there": there,
        "now": moment,
    }
    return render(request, "duties/team.html", context)
