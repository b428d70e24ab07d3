"""Documents of small types that nobody has seen survive every format: YAML, lines of JSON, Excel, Word, Parquet, and back."""

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

from tests.properties import examples
from tests.random_types import documents, in_folder, types
from thamdinh.engine.audit.quick import parquet
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan


@pytest.mark.office
@pytest.mark.long
@examples(0.5, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_a_document_survives_every_format(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        known = description(in_folder(data.draw(types()), Path(name) / "type"))
        written = data.draw(documents(known))
        document = read_plan(read("a.yaml", json.dumps(written, ensure_ascii=False).encode()), known=known)
        for write, file in ((workbook.write, "a.xlsx"), (word.write, "a.docx")):
            assert read_plan(read(file, write(document)), known=known) == document, file
        line = decode_line(json.dumps(written, ensure_ascii=False).encode(), {known.id: known})
        assert line is None or line.whole() == document
        columns = Path(name) / "a.parquet"
        parquet.write_documents(str(columns), [document])
        with parquet.opened_file(str(columns)) as file_:
            for rows in parquet.some_rows(file_, 0):
                (made,) = parquet.plans(rows, known)
                row = None if made is not None else read("a.json", parquet.row_content(rows, 0, None, known.id))
                assert (read_plan(row, known=known) if row is not None else made and made.whole()) == document
