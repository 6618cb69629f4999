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
        if answer.status_code == requests.codes.ok:
            names = ("device_id", "device_code", "kind", "token")
            enrolment = Enrolment(server=server, **{name: str(told[name]) for name in names})
        else:
            problem = told["error"]
            raise Refused(problem["code"], **problem["details"])
    except (requests.RequestException, ValueError, KeyError, TypeError):
        # No answer, or that of somebody else: a proxy, a sign-in page of the network.
        raise Refused("server_unreachable", server=server) from None
    write_enrolment(folder, enrolment)
    return enrolment
