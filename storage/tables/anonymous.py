"""What people answered without their names."""

from sqlmodel import Field

from storage.tables.row import Row


class AnonymousAnswerRow(Row, table=True):
    """Nothing here, nor the place of a row, says whose an answer is or when it came."""

    __tablename__ = "anonymous_answer"
    # SQLite would number the rows as they come.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it so, and nobody writes it
    run_id: int = Field(primary_key=True, foreign_key="run.id")
    response_id: str = Field(primary_key=True)
    question_id: str = Field(primary_key=True)
    workspace_id: str = Field(foreign_key="workspace.id")
    function: str = ""
    value: str
