"""A real server in real trouble: its disk is full, its database is away. A page says what to do, nothing typed is lost, and the
same form is taken once the trouble is over."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import psycopg
import pytest

from tests import postgresql
from tests.commands.test_serve import serving
from tests.desk.conftest import copied
from tests.desk.desks import BREACHED, PASSWORD, Peopled, judge
from tests.programs import missing
from thamdinh.desk.verification import verify_desk

pytestmark = [pytest.mark.process, pytest.mark.long]

TYPED = {"title": "Kế hoạch của xã", "words": "Một lý do rất dài, gõ mất nửa giờ"}


@contextmanager
def office(folder: Path, *options: object) -> Iterator[httpx.Client]:
    """An office that is signed in at a server of the desk in a folder."""
    with (
        serving(folder.parent, "--data", folder, *options) as (_, address),
        httpx.Client(base_url=address, timeout=120) as client,
    ):
        signing = {"login": (None, "phutuc"), "password": (None, PASSWORD)}
        assert client.post("/sign-in", files=signing).status_code == 303
        yield client


def form_of(client: httpx.Client) -> dict[str, str]:
    page = client.get("/cases/new").text
    return dict(re.findall(r'type="hidden" name="(csrf|key)" value="([^"]+)"', page))


def sent(client: httpx.Client, fields: dict[str, str], file: bytes | None = BREACHED) -> httpx.Response:
    files = [(name, (None, value)) for name, value in fields.items()]
    return client.post("/cases", files=[*files, *([("file", ("kế hoạch.yaml", file))] if file else [])])  # type: ignore[list-item]


def where(answer: httpx.Response) -> str:
    """Where a form led that was taken."""
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def carried(answer: httpx.Response) -> dict[str, str]:
    """The fields of the form that a page of refusal shows, as they stand in it, the file among them."""
    assert answer.status_code == 503, answer.text
    assert "Retry-After" in answer.headers
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    found += re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)</textarea>', answer.text)
    fields = {name: unescape(value) for name, value in found}
    assert TYPED.items() <= fields.items()
    assert fields["name"] == "kế hoạch.yaml"
    return fields


def test_a_disk_that_is_full(made_desk: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk]
    if shutil.which("mount") is None or subprocess.run(mounted, check=False, capture_output=True).returncode:
        missing("this account may mount no disk of its own")
    try:
        folder = copied(made_desk, disk)
        with office(folder) as client:
            form = form_of(client)
            fill = disk / "fill"
            subprocess.run(["dd", "if=/dev/zero", f"of={fill}", "bs=4096"], check=False, capture_output=True)
            assert shutil.disk_usage(disk).free < 4096
            fields = carried(sent(client, form | TYPED))
            assert "ổ đĩa" in sent(client, form | TYPED).text
            fill.unlink()
            assert [where(sent(client, fields, None)) for _ in range(2)] == ["/cases/1"] * 2
        at = Peopled(folder)
        assert verify_desk(at.desk.store, judge, verdicts=False).faults == ()
        assert at.desk.listing.counts(at["kiemtra"])["submitted"] == 1
        at.desk.store.close()
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def test_a_database_that_is_away(made_on_postgresql: tuple[Path, str], postgresql_server: str, tmp_path: Path) -> None:
    folder, like = made_on_postgresql
    database = postgresql.new_database(postgresql_server, like)
    name = database.rpartition("/")[2]

    def let_in(allowed: bool) -> None:
        with psycopg.connect(postgresql_server, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}".encode())
            if not allowed:
                connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])

    with office(copied(folder, tmp_path), "--database", database) as client:
        form = form_of(client)
        let_in(False)
        fields = carried(sent(client, form | TYPED))
        assert "cơ sở dữ liệu" in client.get("/cases").text
        let_in(True)
        assert [where(sent(client, fields, None)) for _ in range(2)] == ["/cases/1"] * 2
