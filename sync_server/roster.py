"""Who may work on which device, by the people and devices the server knows now."""

from asset_model.errors import Refused
from asset_model.roles import SEES_EVERYTHING
from sync_server.decide import Maker
from sync_server.scope import Scope
from sync_server.workspace import Workspace


def maker_of(workspace: Workspace, person_id: str, device_kind: str, scope: Scope) -> Maker:
    """The person as the server knows them, proven to work with this device.

    :raises Refused: ``person_unknown``, ``person_inactive``, ``person_not_on_device``
    """
    person = workspace.get("person", person_id)
    if person is None:
        raise Refused("person_unknown")
    if not person.columns["active"]:
        raise Refused("person_inactive")
    role, crew = person.columns["role"], person.columns["crew_id"]
    with_crew = crew is not None and scope.reaches([f"crew:{crew}"])
    if device_kind != "office" and role not in SEES_EVERYTHING and not with_crew:
        raise Refused("person_not_on_device")
    return Maker(person_id, role, crew, scope)
