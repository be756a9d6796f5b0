"""Whom the desk answers, as data: what a browser sends for whose page."""

import socket

import pytest

from pipelines.desk.guard import Gate, is_loopback

HERE = Gate("127.0.0.1")
WIDE = Gate("0.0.0.0", "a-token-of-the-newsroom")
NAMED = Gate("desk.example", "a-token-of-the-newsroom")


@pytest.mark.parametrize(
    ("gate", "host", "ours"),
    [
        (HERE, "127.0.0.1:8420", True),
        (HERE, "localhost", True),
        (HERE, "LOCALHOST:9000", True),  # through a tunnel
        (HERE, "[::1]:8420", True),
        (HERE, "192.0.2.7:8420", False),
        (HERE, "evil.example:8420", False),
        (HERE, "localhost.evil.example", False),
        (HERE, "127.0.0.1.", False),
        (HERE, "user@127.0.0.1", False),
        (HERE, "127.0.0.1, evil.example", False),
        (HERE, "", False),
        (WIDE, "192.0.2.7:8420", True),
        (WIDE, "[2001:db8::7]:8420", True),
        (WIDE, f"{socket.gethostname()}:8420", True),
        (WIDE, "evil.example:8420", False),
        (WIDE, "999.1.1.1", False),
        (NAMED, "Desk.example:8420", True),
        (NAMED, "other.example:8420", False),
    ],
)
def test_names_that_the_desk_goes_by(gate: Gate, host: str, ours: bool) -> None:
    refusal = gate.refusal("GET", {"host": host})
    assert (refusal is None) == ours
    assert refusal is None or refusal.status == 421


OURS = "http://127.0.0.1:8420"


@pytest.mark.parametrize(
    ("headers", "done"),
    [
        ({"origin": OURS, "sec-fetch-site": "same-origin"}, True),
        ({"origin": OURS}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({}, True),  # no browser: the form's key decides
        ({"origin": OURS, "sec-fetch-site": "cross-site"}, False),
        ({"origin": "http://evil.example", "sec-fetch-site": "same-origin"}, False),
        ({"origin": "http://127.0.0.1"}, False),
        ({"origin": "http://127.0.0.1:3000"}, False),
        ({"origin": "https://127.0.0.1:8420"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"sec-fetch-site": "none"}, False),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_pages_whose_forms_are_done(method: str, headers: dict[str, str], done: bool) -> None:
    refusal = HERE.refusal(method, {"host": "127.0.0.1:8420", **headers})
    assert (refusal is None) == done
    assert refusal is None or refusal.status == 403


def test_anybody_may_follow_a_link_here() -> None:
    assert HERE.refusal("GET", {"host": "127.0.0.1:8420", "sec-fetch-site": "cross-site"}) is None


@pytest.mark.parametrize("given", [None, "", "a-token", "a-token-of-the-newsroom ", "ä"])
def test_only_the_token_opens(given: str | None) -> None:
    assert WIDE.knows("a-token-of-the-newsroom")
    assert not WIDE.knows(given)
    assert HERE.knows(given)


def test_the_key_of_forms_is_another_at_every_start() -> None:
    assert Gate("127.0.0.1").form != Gate("127.0.0.1").form
    assert HERE.sent_by_us(HERE.form)
    assert not HERE.sent_by_us(WIDE.form)


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.0.2.7", False),
        ("desk.example", False),
    ],
)
def test_addresses_that_only_this_machine_reaches(address: str, loopback: bool) -> None:
    assert is_loopback(address) == loopback
