"""A mailbox that swallows what Odoo sends: the demo mails nobody, and live tests read what would have gone out.

with Mailbox(folder) as mailbox:          # give Odoo smtp_server=127.0.0.1, smtp_port=mailbox.port
    mailbox.messages()                    # parsed, oldest first
"""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
import time
from email.message import EmailMessage
from pathlib import Path


class _Conversation(socketserver.StreamRequestHandler):
    """Just enough SMTP for smtplib: every sender and recipient is welcome."""

    server: _Server
    timeout = 60

    def handle(self) -> None:
        self._say("220 mailbox")
        while line := self.rfile.readline(4096):
            verb = line.split(b":")[0].split()[0].upper() if line.strip() else b""
            if verb == b"DATA":
                self._say("354 go on")
                self._store()
                self._say("250 kept")
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _store(self) -> None:
        rows = []
        while (row := self.rfile.readline()) not in (b".\r\n", b""):
            rows.append(row.removesuffix(b"\r\n").removeprefix(b"." if row.startswith(b"..") else b"") + b"\n")
        name = f"{time.time_ns()}.eml"
        draft = self.server.folder / f".{name}"
        draft.write_bytes(b"".join(rows))
        draft.rename(self.server.folder / name)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    folder: Path


class Mailbox:
    """A context manager around the listening server; each mail becomes one .eml file in the folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    def __enter__(self) -> Mailbox:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.folder = self.folder
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The lines of odoo.conf that point at this mailbox."""
        return (("smtp_server", "127.0.0.1"), ("smtp_port", str(self.port)))

    def messages(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]
