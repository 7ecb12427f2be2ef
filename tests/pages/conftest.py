"""Browsers without a screen: somebody of the partnership, signed in, and a report sent as a browser sends it."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from onrecord.access.queries import called
from tests.pages.browsing import TYPED, signed_in


@pytest.fixture
def browser(store: Any) -> Callable[[str], Client]:
    """Sign somebody in, by sign-in name. The names of agencies are read already, as on a server that runs."""
    called("school")
    Client().get("/sign-in")
    return signed_in


@pytest.fixture
def send(browser: Callable[[str], Client]) -> Callable[..., Any]:
    """Send a report as the teacher does, with some answers changed."""

    def sent(by: str = "teacher", client: Client | None = None, **changed: str) -> Any:
        typed = {"id": str(uuid4())} | TYPED | {name.replace("__", "-"): value for name, value in changed.items()}
        return (client or browser(by)).post("/report", typed)

    return sent
