"""Where the desk keeps what it keeps: a database (SQLite in its folder, or PostgreSQL) and the vault beside it."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event, select, text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.orm import Session

from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text
from .events import FIRST, Writing, signed_part
from .model import Head
from .refused import Refused
from .vault import KNOWN, Vault, make_key

DATABASE: Final = "desk.sqlite"
FILES: Final = "files"
LATEST: Final = "0002"
"""The last of the migrations."""
_WAIT: Final = 30
"""Seconds that a writer waits for the one before."""


VIET_NAM: Final = datetime.timezone(datetime.timedelta(hours=7))


def now() -> datetime.datetime:
    """The time, in UTC."""
    return datetime.datetime.now(datetime.UTC)


class DeskStore:
    """The database and the vault of a desk; `clock` says what time it is."""

    def __init__(self, engine: Engine, vault: Vault, clock: Callable[[], datetime.datetime] = now) -> None:
        self.engine, self.vault, self.clock = engine, vault, clock
        self._writer = engine.execution_options(writes=True)
        # What is read in one session is of one moment.
        repeatable = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
        self._reader = engine.execution_options(**repeatable)

    def today(self) -> datetime.date:
        """The day in Viet Nam: exceptions hold to its end there."""
        return self.clock().astimezone(VIET_NAM).date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads as of one moment; what it gives stays readable after it. Raises Refused where the database is away."""
        with _there(), Session(self._reader, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """A transaction, committed at the end and safe on the disk when this returns; nothing is written where it raises.

        Raises Refused where the database is away.
        """
        with _there(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            head = session.scalars(select(Head).with_for_update()).one()
            yield Writing(session, head, self.vault.sign, self.clock())

    def scrub(self, tables: Iterable[str]) -> None:
        """Leave nothing in the files of the database of what was deleted or written over in these tables."""
        sqlite = self.engine.dialect.name == "sqlite"
        with self.engine.connect().execution_options(
            **{} if sqlite else {"isolation_level": "AUTOCOMMIT"}
        ) as connection:
            if sqlite:  # What was there stands in the log until that is written over.
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            else:
                for table in tables:
                    connection.exec_driver_sql(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Give back all connections; SQLite looks at how much there is of what, to find it faster the next time."""
        if self.engine.dialect.name == "sqlite":
            with suppress(DBAPIError), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA optimize")
        self.engine.dispose()


@contextmanager
def _there() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if not (error.connection_invalidated or type(error).__name__ in ("OperationalError", "InterfaceError")):
            raise
        raise Refused(
            "away",
            Text(
                "Cơ sở dữ liệu của bàn thẩm định tạm thời không dùng được, nên chưa ghi nhận gì",
                "The database of the desk can't be used just now, so nothing was recorded",
            ),
            Text(
                "Chờ ít phút rồi gửi lại; nếu vẫn gặp, báo người quản trị kiểm tra ổ đĩa và cơ sở dữ liệu",
                "Wait a few minutes and send it again; if it persists, have the administrator look at disk and database",
            ),
            seconds=30,
        ) from error


def database_of(folder: Path, address: str | None = None) -> Engine:
    """The database at an address (postgresql://…), else the SQLite file in the folder. Raises Unreadable."""
    if address is None:
        url: Any = f"sqlite:///{folder / DATABASE}"
    else:
        try:
            url = make_url(address)
        except ArgumentError:
            raise Unreadable(_no_database(address)) from None
        if url.get_backend_name() != "postgresql":
            raise Unreadable(_no_database(url.render_as_string()))
        url = url.set(drivername="postgresql+psycopg")
    try:
        if address is not None:
            return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": _WAIT})
        engine = create_engine(url, connect_args={"timeout": _WAIT, "check_same_thread": False})
    except (NoSuchModuleError, ImportError):
        raise Unreadable(_no_database(str(address))) from None
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _: object) -> None:
    """What every connection to SQLite is told. Deleted content leaves nothing behind (purge)."""
    connection.isolation_level = (
        None  # Transactions begin as _begin says, not when the module sees a statement that writes.
    )
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "cache_size=-65536"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def migrate(engine: Engine) -> None:
    """Bring the tables up to this program; several programs may do so at once. Raises what the database raises."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(20171222)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _is_up_to_date(engine: Engine) -> bool:
    """Whether the tables are this program's: then what brings them up, which takes a third of a start to import, is not asked."""
    with suppress(DBAPIError), engine.connect() as connection:
        return [*connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars()] == [LATEST]
    return False


def open_desk_store(
    folder: Path, database: str | None = None, key: Path | None = None, *, make: bool = False
) -> DeskStore:
    """The store in a folder, with its tables as this program has them.

    The key lies beside the folder (FOLDER.key) unless it is named. With `make`, what there is not yet is made. Raises
    Unreadable.
    """
    key = key or key_beside(folder)
    is_new = not (folder / FILES / KNOWN[:2] / KNOWN).exists()
    if is_new and not make:
        raise Unreadable(_no_desk(folder))
    engine = database_of(folder, database)
    try:
        if is_new:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not key.exists():
                make_key(key)
        vault = Vault(folder / FILES, key)
        engine.dialect.vault = vault  # type: ignore[attr-defined]  # with it model.Sealed seals
        if not _is_up_to_date(engine):
            migrate(engine)
        if is_new:
            vault.begin()
        vault.recognise()
        with engine.execution_options(writes=True).begin() as connection, Session(connection) as session:
            if session.get(Head, 1) is None:
                session.add(Head(number=0, hash=FIRST, signature=vault.sign(signed_part(0, FIRST))))
                session.commit()
        if database is None:
            (folder / DATABASE).chmod(0o600)
    except OSError as error:
        raise Unreadable(_not_opened(folder, error)) from None
    except DBAPIError as error:
        raise Unreadable(_not_opened(folder, error)) from None
    return DeskStore(engine, vault)


def key_beside(folder: Path) -> Path:
    """Where the key of a folder lies: apart from the data, so that a copy of the folder opens nothing."""
    whole = folder.absolute()
    return whole.with_name(f"{whole.name}.key")


def _no_database(address: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Địa chỉ cơ sở dữ liệu không dùng được", "This address of a database can't be used"),
        Text(
            "Viết postgresql://TÊN:MẬT_KHẨU@MÁY/CƠ_SỞ_DỮ_LIỆU, hoặc bỏ --database để dùng SQLite trong thư mục",
            "Write postgresql://NAME:PASSWORD@HOST/DATABASE, or drop --database for SQLite in the folder",
        ),
        Place(address),
    )


def _no_desk(folder: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Thư mục này không có dữ liệu của bàn thẩm định", "This folder holds no desk"),
        Text(
            f"Kiểm tra lại tên; để lập bàn thẩm định mới: thamdinh desk create-admin --data {folder}",
            f"Check its name; to set up a new desk: thamdinh desk create-admin --data {folder}",
        ),
        Place(str(folder)),
    )


def _not_opened(folder: Path, error: Exception) -> Problem:
    from ..engine.base.system import system_reason

    why = system_reason(error) if isinstance(error, OSError) else Text(type(error).__name__, type(error).__name__)
    return Problem(
        UNREADABLE,
        Text(f"Không mở được dữ liệu của bàn thẩm định ({why.vi})", f"The data of the desk can't be opened ({why.en})"),
        Text(
            "Kiểm tra quyền, chỗ trống trên ổ đĩa, và cơ sở dữ liệu có đang chạy không",
            "Check permissions, room on the disk, and that the database runs",
        ),
        Place(str(folder)),
    )
