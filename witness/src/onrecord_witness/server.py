"""The witness over HTTP, with the same bytes as by files.

POST /add-checkpoint asks for a signature. GET /<SHA-256 of the origin>/checkpoint answers what was signed last.
"""

import re
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from onrecord_witness import Refused
from onrecord_witness.home import Home, Trusted
from onrecord_witness.judge import PLAIN, Answer, answer
from onrecord_witness.note import LARGEST

CHECKPOINT = re.compile(r"/([0-9a-f]{64})/checkpoint", re.ASCII)
LENGTH = re.compile(r"[0-9]{1,9}", re.ASCII)
SECONDS = 20


class Server(ThreadingHTTPServer):
    """A server that takes it quietly when somebody hangs up."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say what went wrong, unless it was the line."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def made_server(home: Home, host: str, port: int, clock: Callable[[], int]) -> ThreadingHTTPServer:
    """A server that is bound, and answers once it is let run."""

    class Handler(BaseHTTPRequestHandler):
        """One request after the other on a connection."""

        protocol_version = "HTTP/1.1"
        server_version = "onrecord-witness"
        sys_version = ""
        timeout = SECONDS

        def do_POST(self) -> None:
            """A log asks for a signature."""
            length = self.headers.get("Content-Length", "")
            if not LENGTH.fullmatch(length) or int(length) > 2 * LARGEST or self.headers.get("Transfer-Encoding"):
                self.close_connection = True
                self._tell(Answer.no(413, "the request is too long, or does not say how long it is"))
                return
            body = self.rfile.read(int(length))
            if self.path != "/add-checkpoint":
                self._tell(Answer.no(404, "there is nothing at this address"))
                return
            self._tell(guarded(lambda: answer(home, body, clock())))

        def do_GET(self) -> None:
            """Anybody asks what was signed last."""
            found = CHECKPOINT.fullmatch(self.path)
            self._tell(guarded(lambda: newest(home, found[1] if found else "")))

        def _tell(self, made: Answer) -> None:
            self.send_response(made.status)
            self.send_header("Content-Type", made.kind)
            self.send_header("Content-Length", str(len(made.body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(made.body)

        def log_message(self, format: str, *words: object) -> None:
            """Nothing about callers is written down."""

    return Server((host, port), Handler)


def guarded(ask: Callable[[], Answer]) -> Answer:
    """The answer; where this witness's own folder is at fault, that it cannot sign."""
    try:
        return ask()
    except (Refused, OSError) as fault:
        why = str(fault) if isinstance(fault, Refused) else f"the witness's folder cannot be used ({fault.strerror})"
        return Answer.no(500, why)


def newest(home: Home, mark: str) -> Answer:
    """What was signed last of the log with this mark."""
    log = next((one for one in home.logs() if one.mark == mark), None)
    seen = home.seen(log) if isinstance(log, Trusted) else None
    if seen is None:
        return Answer.no(404, "this witness has signed nothing of such a log")
    return Answer(200, str(seen[0]).encode(), f"Signed last: {seen[1].size} entries.", PLAIN)
