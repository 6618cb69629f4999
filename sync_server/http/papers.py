"""The doors of papers: a unit's file for the office, a check's report for whoever holds it."""

from collections.abc import Callable
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from asset_model.bulletins import check_may_read
from asset_model.errors import Refused
from asset_model.fleet import Inspection
from sync_server.http.bodies import authenticated
from sync_server.http.bulletins import PERSON, asked
from sync_server.http.figures import LANGUAGES, one_of
from sync_server.papers.printing import Content, print_pdf
from sync_server.papers.report import report_content
from sync_server.papers.unit_file import unit_file_content
from sync_server.scope import scope_of

router = APIRouter(prefix="/papers")


@router.get("/units/{tag}.pdf")
def unit_file(request: Request, tag: str) -> Response:
    """It names work of every crew: the office alone has all of it. Where its screens name who
    asks, that is somebody who may read the fleet's figures.
    """

    def content(session: Session, language: str) -> Content:
        if authenticated(session, request).kind != "office":
            raise Refused("office_only")
        if PERSON in request.headers:
            check_may_read(asked(session, request).person.role, "figures")
        return unit_file_content(session, tag, language, now=request.app.state.clock())

    return _printed(request, "unit_file", content, f"unit-{tag}.pdf")


@router.get("/checks/{inspection}.pdf")
def report(request: Request, inspection: str) -> Response:
    """The report of a check that this device holds, or may hold."""

    def content(session: Session, language: str) -> Content:
        device = authenticated(session, request)
        row = session.get(Inspection, inspection)
        if row is None or not scope_of(session, device).meets(row.buckets.split()):
            raise Refused("not_found")
        return report_content(session, inspection, language, now=request.app.state.clock())

    return _printed(request, "report", content, "report.pdf")


def _printed(
    request: Request, layout: str, content: Callable[[Session, str], Content], name: str
) -> Response:
    with request.app.state.database.reading() as session:
        told = content(session, one_of(request, "language", LANGUAGES))
    made = print_pdf(layout, told, now=request.app.state.clock())
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
        "Cache-Control": "private, no-store",
    }
    return Response(made, media_type="application/pdf", headers=headers)
