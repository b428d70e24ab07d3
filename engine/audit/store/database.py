"""The store's file: opened by one writer at a time, readable by its owner only, and never left half made.

DuckDB's transactions see to a process that dies and to a full disk; this module sees to everything around them.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import Any, Final

import duckdb

from ...base.problem import UNREADABLE, Place, Problem, Unreadable
from ...base.system import has_no_room, private, system_reason
from ...base.text import Text
from ...base.unfinished import delete_left_behind, unfinished_folder
from .connection import connect, log_of, temporary
from .inspection import inspected
from .schema import CURRENT, take_step

PATIENCE: Final = 5.0
"""Seconds to wait for another audit to let go of the store."""

_WAIT: Final = 0.1
_ROWS_AT_ONCE: Final = 2**16
_MAGIC: Final = slice(8, 12), b"DUCK"
_FORMERLY_LEFT: Final = re.compile(r"(\.schema-\d+\.backup)?\.new-\d+(-\d+)?(\.wal)?")
"""How names go on of what killed purges and migrations left that this one makes in folders of their own."""

_opened: Final[set[Path]] = set()
"""The stores that this process has open."""


class Database:
    """An open store. Every statement goes through `run` or `insert`, which raise Unreadable where DuckDB fails.

    `resumable` says whether what fails can be taken up again (`audit --resume`).
    """

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self.resumable = False
        self._connection = connection
        _opened.add(path.resolve())

    def run(self, statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """The rows that a statement gives."""
        with self._explained():
            rows: list[tuple[Any, ...]] = self._connection.execute(statement, values).fetchall()
            return rows

    def table(self, statement: str, values: list[Any] | None = None) -> Any:
        """What a statement gives, as an Arrow table."""
        with self._explained():
            return self._connection.sql(statement, params=values).to_arrow_table()

    def columns(self, statement: str, values: list[Any]) -> Iterator[list[list[Any]]]:
        """What a statement gives, some rows at a time, each as its columns; until the last no other may be run."""
        with self._explained():
            for batch in self._connection.sql(statement, params=values).to_arrow_reader(_ROWS_AT_ONCE):
                yield [column.to_pylist() for column in batch.columns]

    def insert(
        self,
        table: str,
        columns: dict[str, list[Any]],
        *,
        every: Mapping[str, int | str] | None = None,
        unless_known: str | None = None,
    ) -> None:
        """Add rows, given by column; `every` has what is the same in all rows.

        `unless_known` names a column: rows that the table has by it are left out.
        """
        import pyarrow

        if not any(columns.values()):
            return
        with self._explained():
            rows = pyarrow.table({name: _array(values) for name, values in columns.items()})
            self._connection.register("incoming", rows)
            try:
                new = "" if unless_known is None else f"ANTI JOIN {table} USING ({unless_known})"
                same = "".join(f", ? AS {name}" for name in every or ())
                self._connection.execute(
                    f"INSERT INTO {table} BY NAME SELECT *{same} FROM incoming {new}",  # noqa: S608
                    [*(every or {}).values()],
                )
            finally:
                self._connection.unregister("incoming")

    @contextmanager
    def lookup(self, name: str, columns: dict[str, list[Any]]) -> Iterator[None]:
        """Rows that statements may join while the context lasts."""
        import pyarrow

        self._connection.register(name, pyarrow.table({column: _array(values) for column, values in columns.items()}))
        try:
            yield
        finally:
            self._connection.unregister(name)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it is kept, or none."""
        self.run("BEGIN")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            with suppress(Unreadable):
                self.run("ROLLBACK")
            raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with private():
                yield
        except duckdb.Error as error:
            raise store_failure(self.path, error, resumable=self.resumable) from None

    def close(self) -> None:
        """Let go of the file. What was committed is kept even where closing fails."""
        with private(), suppress(duckdb.Error):
            self._connection.close()
        _opened.discard(self.path.resolve())


def _array(values: list[Any]) -> Any:
    import pyarrow

    kinds = {type(value) for value in values if value is not None}
    if kinds == {list}:
        return pyarrow.array(values, pyarrow.list_(pyarrow.string()))
    return pyarrow.array(values, pyarrow.string()) if not kinds or kinds == {str} else pyarrow.array(values)


def open_store(path: Path, *, make: bool = False, write: bool = False, patience: float = PATIENCE) -> Database:
    """The store at `path`; with `make` it is made where there is none; one of an older schema is migrated first.

    Without `write` several processes may have it open at once. Raises Unreadable.
    """
    if make and (not os.path.exists(path) or path.stat().st_size == 0):
        _make(path)
    database = _connected(path, write, patience)
    try:
        found = _schema(database)
        if not found and not make:
            raise _no_store(path)
        if found < CURRENT:
            database.close()
            _migrate(path, patience)
            database = _connected(path, write, patience)
    except BaseException:
        database.close()
        raise
    return database


def backups(path: Path) -> list[Path]:
    """The copies of a store that migrations have made."""
    return sorted(path.parent.glob(f"{escape(path.name)}.schema-*.backup"))


def make_private(path: Path) -> None:
    """Take from everybody but the owner whatever they may do with the store and what belongs to it."""
    for file in (path, log_of(path), *backups(path)):
        with suppress(FileNotFoundError, PermissionError):
            file.chmod(file.stat().st_mode & 0o600)


def _connected(path: Path, write: bool, patience: float) -> Database:
    _check_file(path)
    if write:
        _check_writable(path)
    make_private(path)
    until = time.monotonic() + patience
    while True:
        try:
            if path.resolve() not in _opened:
                _check_sound(path)
            connection = connect(path, write=write)
            break
        except duckdb.IOException as error:
            taken = "lock" in str(error)
            if not taken or time.monotonic() >= until:
                raise (busy(path) if taken else store_failure(path, error)) from None
        except duckdb.Error as error:
            raise store_failure(path, error) from None
        time.sleep(_WAIT)
    if write:
        _delete_left_behind(path)
    return Database(path, connection)


def _delete_left_behind(path: Path) -> None:
    """Delete what processes that died left beside a store of which the lock is ours."""
    delete_left_behind(path.parent)
    shutil.rmtree(temporary(path), ignore_errors=True)
    for item in path.parent.iterdir():
        if item.name.startswith(path.name) and _FORMERLY_LEFT.fullmatch(item.name.removeprefix(path.name)):
            item.unlink(missing_ok=True)


def _make(path: Path) -> None:
    """Make a store under another name first, so that nobody ever sees one that is half made."""
    if not os.path.isdir(path.parent):
        raise _refused(
            path,
            Text(f"Không có thư mục {path.parent}", f"There is no folder {path.parent}"),
            Text(
                "Tạo thư mục trước, hoặc chọn tệp khác cho --store", "Make it first, or choose another file for --store"
            ),
        )
    try:
        with unfinished_folder(path.parent) as folder:
            unfinished = folder / path.name
            with closing(connect(unfinished, write=True)) as connection:
                for number in range(CURRENT):
                    take_step(connection, number)
                connection.execute("CHECKPOINT")  # On a full disk, closing would say nothing.
            if os.path.exists(path) and path.stat().st_size == 0:
                unfinished.replace(path)
            else:
                with suppress(FileExistsError):  # Another process was quicker: its store is as good.
                    os.link(unfinished, path)
    except (OSError, duckdb.Error) as error:
        raise store_failure(path, error) from None


def _check_sound(path: Path) -> None:
    """Raise Unreadable for what is no sound store, or one of a newer program, and duckdb.IOException for one that is in use."""
    found = inspected(path)
    if found.state == "busy":
        raise duckdb.IOException(found.why)
    if found.state == "damaged":
        raise _refused(
            path,
            Text(
                "Không dùng được kho vì tệp bị hỏng; không có gì bị ghi vào đó",
                "The store can't be used, for its file is damaged; nothing was written to it",
            ),
            Text(
                f"Lấy lại bản sao lưu, hoặc dùng kho khác ({found.why})",
                f"Restore a backup, or use another store ({found.why})",
            ),
        )
    if found.state == "foreign":
        raise _no_store(path)
    if found.state == "altered":
        raise _refused(
            path,
            Text(
                f"Kho đã bị chương trình khác sửa ({found.why}), nên không tin được",
                f"The store was altered by another program ({found.why}), so it can't be trusted",
            ),
            Text("Lấy lại bản sao lưu, hoặc dùng kho khác", "Restore a backup, or use another store"),
        )
    if found.state == "newer":
        raise _refused(
            path,
            Text(
                f"Kho do bản thamdinh mới hơn tạo ra (thamdinh {found.made_by}, lược đồ {found.schema}; bản này hiểu đến {CURRENT})",
                f"The store was made by a newer thamdinh ({found.made_by}, schema {found.schema}; this one knows up to {CURRENT})",
            ),
            Text("Cập nhật thamdinh, hoặc dùng kho khác", "Update thamdinh, or use another store"),
        )


def _schema(database: Database) -> int:
    """The schema of the store, 0 where there is nothing in it at all: it was not completed."""
    if not database.run("SELECT 1 FROM duckdb_tables()"):
        return 0
    ((schema,),) = database.run("SELECT schema FROM store")
    return int(schema)


def _migrate(path: Path, patience: float) -> None:
    """Bring an older store to the current schema; a copy of it as it was stays beside it."""
    database = _connected(path, True, patience)
    try:
        found = _schema(database)
        if found == CURRENT:  # another process has done it meanwhile
            return
        database.run("CHECKPOINT")
        if found:
            _copy(path, path.with_name(f"{path.name}.schema-{found}.backup"))
        with private():
            for number in range(found, CURRENT):
                take_step(database._connection, number)
    except (OSError, duckdb.Error) as error:
        raise store_failure(path, error) from None
    finally:
        database.close()


def _copy(path: Path, backup: Path) -> None:
    """Copy the whole file; a copy that is there already stays, for it is of the store as it was longer ago."""
    if os.path.exists(backup):
        return
    # Reading the file in this process and closing it again would give up DuckDB's lock on it (POSIX): a child copies.
    with unfinished_folder(path.parent) as folder:
        unfinished = folder / backup.name
        command = [
            sys.executable,
            "-c",
            "import shutil, sys; shutil.copyfile(*sys.argv[1:])",
            str(path),
            str(unfinished),
        ]
        with private():
            copied = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if copied.returncode != 0:
            raise OSError(copied.stderr.strip().splitlines()[-1])
        unfinished.replace(backup)


def _check_file(path: Path) -> None:
    """Raise Unreadable for what can't be a store; before it is opened, so that a lock of ours is never given up."""
    if path.resolve() in _opened:
        return
    where, magic = _MAGIC
    try:
        with path.open("rb") as file:
            head = file.read(where.stop)
    except FileNotFoundError:
        raise _refused(
            path,
            Text("Chưa có kho rà soát ở đây", "There is no audit store here"),
            Text("Chạy thamdinh audit … --store TỆP trước", "Run thamdinh audit … --store FILE first"),
        ) from None
    except OSError as error:
        raise store_failure(path, error) from None
    if head[where] != magic:
        raise _refused(
            path,
            Text("Tệp này không phải kho rà soát (DuckDB)", "This file is no audit store (DuckDB)"),
            Text(
                "Chọn tệp khác cho --store; tệp này được giữ nguyên",
                "Choose another file for --store; this one is left as it is",
            ),
        )


def _check_writable(path: Path) -> None:
    """Raise Unreadable for a store that may only be read; DuckDB's log is written beside it."""
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        raise _refused(
            path,
            Text("Kho này chỉ đọc được, không ghi vào được", "This store can only be read, not written to"),
            Text(
                "Cho phép ghi vào tệp kho và thư mục chứa nó (chmod u+w), hoặc dùng kho khác",
                "Allow writing to the store's file and its folder (chmod u+w), or use another store",
            ),
        )


def busy(path: Path) -> Unreadable:
    """That another process has the store."""
    return _refused(
        path,
        Text("Kho đang được một lần rà soát khác dùng", "Another audit is using the store"),
        Text("Đợi lần đó xong rồi chạy lại, hoặc dùng kho khác", "Run again once it is done, or use another store"),
    )


def store_failure(path: Path, error: Exception, *, resumable: bool = False) -> Unreadable:
    """Why the store's file failed, in words; `resumable` as of Database."""
    if has_no_room(error):
        how = Text(" với --resume", " with --resume") if resumable else Text("", "")
        return _refused(
            path,
            Text("Không ghi được vào kho: đĩa đầy hoặc hết hạn mức", "The store can't be written: no space left"),
            Text(
                f"Dọn chỗ trên đĩa rồi chạy lại{how.vi}; những gì đã ghi trước đó còn nguyên",
                f"Make room and run again{how.en}; what was written before is intact",
            ),
        )
    why = system_reason(error)
    return _refused(
        path,
        Text(f"Không dùng được kho ({why.vi})", f"The store can't be used ({why.en})"),
        Text(
            "Kiểm tra đường dẫn và quyền đọc, ghi; nếu tệp hỏng, lấy lại bản sao lưu",
            "Check the path and its permissions; restore a backup if the file is damaged",
        ),
    )


def _no_store(path: Path) -> Unreadable:
    return _refused(
        path,
        Text("Tệp này là cơ sở dữ liệu DuckDB khác, không phải kho rà soát", "This DuckDB file is no audit store"),
        Text("Chọn tệp khác cho --store", "Choose another file for --store"),
    )


def _refused(path: Path, message: Text, fix: Text) -> Unreadable:
    return Unreadable(Problem(UNREADABLE, message, fix, Place(str(path))))
