"""`thamdinh desk export`: the plans at a desk in the forms that audits have."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ..desk.vocabulary import STATES
from ..engine.base.as_json import json_text
from ..engine.base.text import Text
from .bilingual import Choice, argument, option
from .bilingual import command as bilingual_command
from .desks import DATABASE, KEY, desk_options, opened_desk

_STATES: Final = {state: said for state, said in STATES.items() if state != "withdrawn"}


@bilingual_command(
    Text(
        "Rà soát bản mới nhất của mọi hồ sơ (trừ hồ sơ đã rút) với các ngoại lệ đã cho, và ghi ra các TỆP như thamdinh audit: bảng tổng hợp "
        "(.xlsx), trang tổng hợp (.html), csv, jsonl, parquet…",
        "Audit the latest version of every case (but withdrawn ones) with the exceptions granted, and write FILES as thamdinh audit does: "
        "workbook (.xlsx), dashboard (.html), csv, jsonl, parquet…",
    )
)
@argument("files", nargs=-1, required=True, metavar="FILE...")
@option("--state", type=Choice(_STATES), words=Text("Chỉ hồ sơ ở trạng thái này.", "Only cases in this state."))
@desk_options()
def command(files: tuple[str, ...], state: str | None, data: Path, database: str | None, key: Path | None) -> int:
    """Audit what the desk holds; status as of `thamdinh audit`."""
    from .audit_run import command as audit

    with opened_desk(data, database, key) as desk, TemporaryDirectory() as folder:
        waivers = Path(folder, "desk-exceptions.json")
        waivers.write_text(json_text(desk.cases.exceptions(state)), encoding="utf-8")
        # The files of a desk are read by address (desk/files.py), in worker processes, too.
        os.environ |= {DATABASE: database} if database else {}
        os.environ |= {KEY: str(key)} if key else {}
        address = f"desk://{data.absolute()}" + (f"/{state}" if state else "")
        outputs = [word for file in files for word in ("--output-file", file)]
        status: int = audit.main(
            [address, "--waivers", str(waivers), *outputs], prog_name="thamdinh desk export", standalone_mode=False
        )
    return status
