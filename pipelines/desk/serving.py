"""The desk's server: an address, a loop, and an end."""

import multiprocessing
import socket
import webbrowser
from contextlib import suppress
from ipaddress import ip_address
from threading import Thread

import uvicorn

from pipelines.desk.app import application
from pipelines.desk.guard import TOKEN, Gate
from pipelines.desk.settling import Desk

GRACE = 2  # seconds that a request under way has at the end


def bound(address: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError where the address is not ours, or the port is taken."""
    family, _, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server((str(place[0]), port), family=family)


def link(gate: Gate, listening: socket.socket) -> str:
    """What to open in a browser, the token with it where there is one."""
    port = listening.getsockname()[1]
    name = gate.address
    with suppress(ValueError):
        given = ip_address(name)
        name = socket.gethostname() if given.is_unspecified else f"[{given}]" if given.version == 6 else name
    return f"http://{name}:{port}/" + (f"?{TOKEN}={gate.token}" if gate.token else "")


def serve(desk: Desk, gate: Gate, listening: socket.socket, *, browse: bool = False) -> None:
    """Serve until Ctrl-C, which ends in KeyboardInterrupt; the first audit begins at once."""
    desk.catch_up()
    if browse:
        Thread(target=webbrowser.open, args=(link(gate, listening),), daemon=True).start()
    app = application(desk, gate, f"corrigenda-desk-{listening.getsockname()[1]}")
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            ws="none",
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )
    try:
        server.run(sockets=[listening])
    finally:
        for child in multiprocessing.active_children():  # an audit that goes on is for nobody now
            child.terminate()
