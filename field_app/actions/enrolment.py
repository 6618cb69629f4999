"""Making this tablet known to a server, with a code that an administrator gave."""

from pathlib import Path

import requests

from asset_model.errors import Refused
from field_app.store.opening import Enrolment, write_enrolment

TIMEOUT_S = 20


def enrol(server: str, code: str, folder: Path) -> Enrolment:
    """Exchange the code for a token, and keep it in the data folder.

    :raises Refused: with the server's code and sentence; ``server_unreachable`` without an answer
    """
    try:
        answer = requests.post(
            f"{server.rstrip('/')}/api/enrol", json={"code": code}, timeout=TIMEOUT_S
        )
        told = answer.json()
    except (requests.RequestException, ValueError):
        raise Refused("server_unreachable", server=server) from None
    if answer.status_code != requests.codes.ok:
        problem = told.get("error", {})
        raise Refused(problem.get("code", "server_error"), **problem.get("details", {}))
    enrolment = Enrolment(
        server=server,
        device_id=told["device_id"],
        device_code=told["device_code"],
        kind=told["kind"],
        token=told["token"],
    )
    write_enrolment(folder, enrolment)
    return enrolment
