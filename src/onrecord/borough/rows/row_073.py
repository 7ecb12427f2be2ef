"""The only licensing officer leaves. What they did stays under their name; nobody says who does the work now."""

from onrecord.access.facts import RoleEnded, RoleFoundEmpty, RoleHeld, VacancyAnswered
from onrecord.borough.play import Play
from onrecord.ledger.facts import Seconded
from onrecord.ledger.queries import envelopes

ROW = 73
TITLE = "Those who left escape account"
CHILD = {"given_name": "Amber", "family_name": "Lockett", "born": "2012-06-09", "sex": "F"}
LEAVES = {"user": "stuart-blackwell", "role": "licensing_officer", "agency": "licensing"}

FOLLOWS = {"user": "rhona-pryce", "name": "Rhona Pryce", "role": "licensing_officer", "agency": "licensing"}


def story(play: Play, enacted: bool) -> None:
    """Play it: the role is emptied and nobody says who does the work; or the manager says it, and fills the role."""
    play.wait(hours=1)
    reported = play.report(LEAVES["user"], CHILD)
    play.wait(hours=2)
    play.answer(reported, outcome="send_to")
    ended = play.people("helen-marsh", RoleEnded(**LEAVES, why="He takes a post in another county."))
    play.wait(hours=20)
    play.say("owen-tregarth", Seconded, regarding=[ended], why="I asked him, and he confirmed it.")
    play.wait(hours=1)
    play.look()
    if not enacted:
        (found,) = envelopes([RoleFoundEmpty.kind])
        words = "The council's trading standards team reads licensing complaints until somebody is appointed."
        play.say("helen-marsh", VacancyAnswered, regarding=[found.uid], how="covered", words=words)
        play.wait(days=14)
        follows = RoleHeld(**FOLLOWS, since=play.at.date(), why="She was chosen out of six.")
        held = play.people("helen-marsh", follows)
        play.wait(hours=20)
        play.say("owen-tregarth", Seconded, regarding=[held], why="I sat on the panel that chose her.")
    play.wait(days=30)
