"""What is owed: folded from lines and rulebook, at a date, as known at a date. Pure."""

from onrecord.duties.rules.fold import Adopted, Duty, fold, in_force
from onrecord.duties.rules.ladder import Step, steps
from onrecord.duties.rules.lowering import Lowered, State, lowered

__all__ = ["Adopted", "Duty", "Lowered", "State", "Step", "fold", "in_force", "lowered", "steps"]
