"""A mail server that keeps what it accepts, and does what a test asks at the moment that matters."""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """Accepts every mail; ``when["DATA", 3]`` is done as the third mail is in, before the sender hears so."""

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.when: dict[tuple[str, int], Callable[[], object]] = {}
        # Who waits for an answer to the mail to these addresses, waits until they are no longer in here.
        self.slow_for: set[str] = set()
        self.asked: list[str] = []
        self._seen: Counter[str] = Counter()
        self.port = a_free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @property
    def times(self) -> Counter[str]:
        """How often each mail came in, by its Message-ID."""
        return Counter(mail["Message-ID"] for mail in self.accepted)

    async def handle_MAIL(  # noqa: N802  # the names are aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._do("MAIL")
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.asked += envelope.rcpt_tos
        while self.slow_for & set(envelope.rcpt_tos):
            await asyncio.sleep(0.02)
        self.accepted.append(message_from_bytes(envelope.content, policy=policy.default))
        self._do("DATA")
        return "250 OK"

    def _do(self, moment: str) -> None:
        self._seen[moment] += 1
        if act := self.when.get((moment, self._seen[moment])):
            act()
