"""The language of a page where nobody signs in: it stands in the address, so that nothing has to be remembered."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import get_language_from_path, get_language_info, gettext

View = Callable[[HttpRequest], HttpResponse]
NUMBER = re.compile(r"\d+(?:,\d+)*")


class InTheAddress:
    """Speaks the language that an address begins with. No cookie and no header of the browser chooses one."""

    def __init__(self, get_response: View) -> None:
        """Stand before every page."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, in its language; the thread speaks its own again after."""
        with translation.override(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
            return self._get_response(request)


def spoken() -> dict[str, str]:
    """The language that is spoken now: its code, its direction, and its name in English where it is another one."""
    code = translation.get_language() or settings.LANGUAGE_CODE
    own = code == settings.LANGUAGE_CODE
    info = get_language_info(code)
    return {
        "lang": "en-GB" if own else code,
        "dir": "rtl" if info["bidi"] else "ltr",
        "translated": "" if own else info["name"],
    }


def offered(path: str) -> list[tuple[str, str, str]]:
    """The other languages, each with its own name for itself and its address of a page; `path` is the English one."""
    now = translation.get_language()
    return [
        (code, name, path if code == settings.LANGUAGE_CODE else f"/{code}{path}")
        for code, name in settings.LANGUAGES
        if code != now
    ]


def in_words(message: str) -> str:
    """What is wrong with an answer, in the language that is spoken.

    Some faults are put together from a label and an advice. The label stands above the fault already, so where only
    the advice can be said in another language it stands alone.
    """
    if (translation.get_language() or settings.LANGUAGE_CODE) == settings.LANGUAGE_CODE:
        return message
    numbers = NUMBER.findall(message)
    tried = (message, message.partition(": ")[2])
    said = next((said for plain in map(numberless, tried) if plain and (said := gettext(plain)) != plain), "")
    return said.format(*numbers) if said else message


def numberless(message: str) -> str:
    """A message as it is looked up: its numbers stand apart, so that one translation does for all of them."""
    return NUMBER.sub("{}", message)
