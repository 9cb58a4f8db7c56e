"""Nobody rewrites a line of the audit trail, or takes one out (docs/decisions/0021)."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REFUSED = "the audit trail is append-only"
IS_ERASED = """NEW.value IS NULL AND NEW.salt IS NULL AND NEW.erased_at IS NOT NULL
    AND NEW.workspace_id = OLD.workspace_id AND NEW.number = OLD.number AND NEW.name = OLD.name"""
"""The one change there may be: what stands beside a line is erased with its salt."""


def upgrade() -> None:
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def _sqlite() -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
    return [
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit {refuse}",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit {refuse}",
        f"CREATE TRIGGER audit_value_only_erased BEFORE UPDATE ON audit_value WHEN NOT ({IS_ERASED}) {refuse}",
        f"CREATE TRIGGER audit_value_no_delete BEFORE DELETE ON audit_value {refuse}",
    ]


def _postgresql() -> list[str]:
    return [
        f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER audit_value_stays BEFORE DELETE OR TRUNCATE ON audit_value EXECUTE FUNCTION refuse_change()",
        "CREATE TRIGGER audit_value_only_erased BEFORE UPDATE ON audit_value FOR EACH ROW "
        f"WHEN (NOT ({IS_ERASED})) EXECUTE FUNCTION refuse_change()",
    ]
