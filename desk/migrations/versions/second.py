"""The sign-ins that were tried, second factors, and tallies; names of organisations are sealed, so nothing there is unique."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make them, and count what there is."""
    with op.batch_alter_table("organisations") as organisations:
        organisations.drop_constraint(op.f("uq_organisations_name"), type_="unique")
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("totp", sa.Text(), nullable=True))
        accounts.add_column(sa.Column("recovery", sa.JSON(), nullable=True))
    op.create_table(
        "policy",
        sa.Column("second_factor", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
    )
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_attempts_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_at"), "attempts", ["at"])
    op.create_index(op.f("ix_attempts_account_id"), "attempts", ["account_id"])
    op.create_table(
        "used_codes",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_used_codes_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_used_codes")),
    )
    op.create_table(
        "tallies",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", "state", name=op.f("pk_tallies")),
    )
    for kind in ("rule", "clause"):
        op.execute(
            f"INSERT INTO tallies (kind, code, state, cases) SELECT '{kind}', found.{kind}, cases.state,"  # noqa: S608
            " COUNT(DISTINCT cases.id) FROM found JOIN cases ON cases.id = found.case_id GROUP BY 2, 3"
        )
