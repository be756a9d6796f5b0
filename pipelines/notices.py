"""What people are told without asking: newly opened errors, runs that failed. To Slack, by mail, or to nobody."""

import json
import smtplib
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from functools import partial
from urllib.error import URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from audits.findings import Finding, Findings

# Where to tell it, by variables of the environment: addresses of webhooks and passwords are secrets, and no settings.
SLACK = "CORRIGENDA_SLACK_WEBHOOK"  # https://hooks.slack.com/services/…
MAIL_SERVER = "CORRIGENDA_SMTP"  # smtp://user:password@host:587, smtps://…:465
MAIL_TO = "CORRIGENDA_MAIL_TO"  # addresses, separated by commas
MAIL_FROM = "CORRIGENDA_MAIL_FROM"

LISTED = 20
MESSAGE_CHARACTERS = 300
SECONDS = 20.0
PORTS = {"smtp": 587, "smtps": 465}


class NotToldError(RuntimeError):
    """A notice that did not get through: where to, and why."""


@dataclass(frozen=True)
class Notice:
    """One message: a line, and what there is to say."""

    subject: str
    body: str


Channel = Callable[[Notice], None]


def channels(environment: Mapping[str, str]) -> list[Channel]:
    """Where notices go. Raises NotToldError for a variable that cannot be used, or lacks another."""
    found: list[Channel] = []
    if webhook := environment.get(SLACK):
        if urlsplit(webhook).scheme not in {"https", "http"}:
            raise NotToldError(f"{SLACK}: not a web address")
        found.append(partial(_to_slack, webhook))
    if server := environment.get(MAIL_SERVER):
        to, sender = environment.get(MAIL_TO, ""), environment.get(MAIL_FROM, "")
        if urlsplit(server).scheme not in PORTS or not urlsplit(server).hostname:
            raise NotToldError(f"{MAIL_SERVER}: not like smtp://user:password@host:587 or smtps://host:465")
        if not to or not sender:
            raise NotToldError(f"{MAIL_SERVER} is set; {MAIL_TO} and {MAIL_FROM} must be too")
        found.append(partial(_by_mail, server, sender, to))
    return found


def tell(notice: Notice, to: Sequence[Channel]) -> None:
    """Send the notice to each channel. Raises NotToldError once all have been tried."""
    failed = []
    for channel in to:
        try:
            channel(notice)
        except NotToldError as error:
            failed.append(str(error))
    if failed:
        raise NotToldError("; ".join(failed))


def newly_opened(document: Findings, told: Collection[str] = ()) -> list[Finding]:
    """The errors that the audit before did not have, without those that have been told."""
    return [
        finding
        for finding in document.findings
        if (finding.severity, finding.status, finding.novelty) == ("error", "open", "new") and finding.id not in told
    ]


def of_errors(findings: Sequence[Finding]) -> Notice:
    """What to say of errors that have been opened."""
    lines = [
        f"{finding.anchor.path}:{finding.anchor.line}: {finding.rule}: {_short(finding.message)}"
        for finding in findings[:LISTED]
    ]
    if len(findings) > LISTED:
        lines.append(f"… and {len(findings) - LISTED} more; the report has them all.")
    number = "1 new error" if len(findings) == 1 else f"{len(findings)} new errors"
    return Notice(f"Corrigenda: {number}", "\n".join(lines))


def of_failure(job: str, run: str, reason: str) -> Notice:
    """What to say of a run that failed."""
    return Notice(f"Corrigenda: {job} failed", f"Run {run[:8]}: {_short(reason)}")


def _short(text: str) -> str:
    """The text in one line, without characters that steer a terminal or a mail."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return plain if len(plain) <= MESSAGE_CHARACTERS else plain[: MESSAGE_CHARACTERS - 1] + "…"


def _to_slack(webhook: str, notice: Notice) -> None:
    text = f"*{notice.subject}*\n{notice.body}"
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):  # else it could mention people, or link
        text = text.replace(sign, written)
    request = Request(webhook, json.dumps({"text": text}).encode(), {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=SECONDS):  # noqa: S310  `channels` has looked at the scheme
            pass
    except (URLError, OSError, ValueError) as error:
        raise NotToldError(f"Slack: {getattr(error, 'reason', error)}") from None


def _by_mail(server: str, sender: str, to: str, notice: Notice) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = notice.subject, sender, to
    message.set_content(notice.body)
    where = urlsplit(server)
    host, port = where.hostname or "", where.port or PORTS[where.scheme]
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=SECONDS)
            if where.scheme == "smtps"
            else smtplib.SMTP(host, port, timeout=SECONDS) as smtp
        ):
            smtp.ehlo()
            if where.scheme == "smtp" and (where.username or smtp.has_extn("starttls")):
                smtp.starttls(context=ssl.create_default_context())
            if where.username:
                smtp.login(unquote(where.username), unquote(where.password or ""))
            smtp.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise NotToldError(f"mail to {to} by {host}:{port}: {error}") from None
