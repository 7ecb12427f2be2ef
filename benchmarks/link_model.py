"""Make the model that weighs online anew: `python -m benchmarks.link_model VERSION`, with its card beside it.

Learnt by the batch, without truth, from the invented population as a report would say it: without house and street.
"""

import sys
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import django

SIZE = 100_000


def make(version: str) -> None:
    """Learn, measure by naming tradition, and put the model and its card where the product reads them."""
    from benchmarks.link import linked  # noqa: PLC0415  # Django has to be set up first
    from benchmarks.people_made import COLUMNS, population  # noqa: PLC0415
    from onrecord.linkage.gateway.model import model_file  # noqa: PLC0415

    unsaid = {COLUMNS.index("house_no"), COLUMNS.index("street")}
    made = [
        one._replace(cells=tuple("" if place in unsaid else cell for place, cell in enumerate(one.cells)))
        for one in population(SIZE)
    ]
    with TemporaryDirectory() as folder:
        f1, apart, _ = linked(made, Path(folder))
        file = model_file(version)
        copyfile(Path(folder) / "out.model.json", file)
        copyfile(Path(folder) / "out.card.html", file.with_name(f"model-{version}.card.html"))
    print(f"F1 {f1:.4f}; naming traditions {100 * apart:.2f} points apart.")  # noqa: T201


if __name__ == "__main__":
    django.setup()
    make(sys.argv[1])
