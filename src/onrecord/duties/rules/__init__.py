"""What is owed: folded from lines and rulebook, at a date, as known at a date. Pure."""

from onrecord.duties.rules.fold import Duty, fold
from onrecord.duties.rules.ladder import Step, steps
from onrecord.duties.rules.law import Adopted, Law, in_force
from onrecord.duties.rules.lowering import Lowered, State, lowered

__all__ = ["Adopted", "Duty", "Law", "Lowered", "State", "Step", "fold", "in_force", "lowered", "steps"]
