"""Where a new tablet shows its code and gets its token."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from asset_model.errors import Refused
from sync_server import enrolment
from sync_server.http.bodies import json_body

router = APIRouter(prefix="/api")


@router.post("/enrol")
def enrol(request: Request, body: Annotated[Any, Depends(json_body)]) -> dict[str, str]:
    code_text = body.get("code") if isinstance(body, dict) else None
    if not isinstance(code_text, str):
        raise Refused("malformed_request", why="code: text expected")
    now = request.app.state.clock()
    request.app.state.enrolment_gate.pass_through(now)
    with request.app.state.database.writing() as session:
        code = enrolment.check_code(session, code_text, now=now)
        if not isinstance(code, Refused):
            return asdict(enrolment.enrol(session, code, now=now, new_id=request.app.state.new_id))
    raise code  # Outside the block: the wrong try is counted.
