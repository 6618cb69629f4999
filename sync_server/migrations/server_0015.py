"""Images of orders, steps, crews and job templates take the columns that these have gained.

Those of orders and crews are completed for model_0011 as well, which gave their images none.
"""

from alembic import op

from sync_server.image_columns import complete

revision = "server_0015"
down_revision = "server_0014"
branch_labels = None
depends_on = "model_0014"

GAINED: dict[str, tuple[object, ...]] = {
    "crew": (None, None),
    "work_order": (None,) * 7,
    "step": (False,),
    "job_template": (1, None, None, [], [], *(None,) * 7),
}
WHOLE = {"crew": 5, "work_order": 37, "step": 15, "job_template": 23}
"""How many columns a row then has: an image that has some of them gains the others."""


def upgrade() -> None:
    complete(op.get_bind(), GAINED, WHOLE)
