"""What caught each attack, by its name: printed from a run, with ONRECORD_TAMPER_PRINT naming the file to add to."""

from tests.tamper.table import Caught

CAUGHT: dict[str, Caught] = {
    "row_rewritten": Caught(verify=(2, 3, 5), freezes=True, receipt=True),
    "rehashed": Caught(verify=(3, 5), freezes=True, receipt=True),
    "signed_anew_here": Caught(verify=(4,), freezes=True, receipt=True),
    "signed_anew": Caught(receipt=True, witness=True),
    "tail_removed": Caught(verify=(1, 10), freezes=True, receipt=True),
    "tail_removed_and_signed": Caught(receipt=True, witness=True),
    "newest_removed": Caught(verify=(10,), freezes=True, receipt=True),
    "newest_removed_with_notes": Caught(receipt=True),
    "old_checkpoint": Caught(receipt=True, witness=True),
    "forked": Caught(receipt=True, witness=True),
    "restored": Caught(verify=(3, 5, 7, 10), freezes=True, receipt=True),
    "back_dated": Caught(verify=(7,)),
    "duplicated": Caught(verify=(6, 7, 8, 9)),
    "read_table_changed": Caught(verify=(9,)),
    "guard_dropped": Caught(doctor=True),
    "openings_swapped": Caught(verify=(8, 9)),
    "resealed": Caught(verify=(8,)),
    "blanked": Caught(verify=(8,)),
    "blanked_alone": Caught(verify=(8,)),
    "unerased": Caught(verify=(8,)),
    "signing_key_swapped": Caught(freezes=True),
    "sealing_key_swapped": Caught(verify=(4, 5, 8, 9, 10)),
    "cosignature_removed": Caught(),
    "cosignature_redated": Caught(verify=(5,)),
}
