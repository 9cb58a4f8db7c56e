"""What a later Muster may do to the tables: one that everything refers to is made anew, with what is in it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("workspace", recreate="auto") as table:
        table.add_column(sa.Column("motto", sa.String(), nullable=False, server_default="Ask, then act"))
        table.alter_column("name", type_=sa.String(200), existing_type=sa.String(), existing_nullable=False)
    with op.batch_alter_table("prompt") as table:
        table.alter_column("person_id", type_=sa.String(64), existing_type=sa.String(), existing_nullable=False)
