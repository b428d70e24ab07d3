"""Files as nobody makes them on purpose: honest plans of every format, changed in some place by a seed.

What is changed is known by its structure (a value of the plan, an element of a part, a column, a member), and now and
then the bytes themselves are. The same form and seed give the same file, whatever was made before.
"""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from io import BytesIO
from random import Random
from typing import Any, Final
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pyarrow as pa
import pyarrow.parquet as pq
import yaml
from lxml import etree

from tests.appraisal import ROOT
from tests.plan_classes import LABELS
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan

Data = dict[str, Any]

_POOL: Final = 24
"""How many honest plans there are to begin with."""
_ODD_TEXTS: Final = (
    *("", " ", "\0", "\u200b", "\ufeff", "\u202eabc", "e\u0323\u0302", "=1+1", "<…>", "<tên>", "@", "a@b", "null", "~"),
    *("true", "không", "2017-12-28", "2017-12-28T07:30", "28/12/2017 07:30", "31/02/2017 07:30", "9999-12-31T23:59"),
    *("0001-01-01T00:00", "24:00", "83.012345", "８３．０１２３４５", "1,5", "1e999", "-0", "nan", "٣", "9" * 400),
    *("x" * 3_000, "<b>&\"'", "\\", "]]>", "*a", "&a", "!!python/object:os.system", "<<", "---", "- ", ": ", "# "),
    *("\ud800", "\U0001f600", "p01", "dang-uy", "year_end", "group", "1.000.000", "x\ny", "_x000D_", "${x}", "{{ x }}"),
)
_ODD_VALUES: Final = (
    *(None, True, False, 0, 1, -1, 2**31, 2**63, 10**30, 1.5, 1e300, [], {}, [[]], [{}], {"a": 1}, [None], "", "x"),
)
_LABELS: Final = tuple(
    word for labels in LABELS.values() for member, label in labels.items() for word in (str(member), label.vi)
)


def mutated(form: str, seed: int) -> tuple[str, bytes]:
    """The name and the content of a file: `form` is a key of FORMS."""
    random = Random(f"{form} {seed}")
    return f"ke-hoach-{seed}{SUFFIXES.get(form, f'.{form}')}", FORMS[form](random)


# --- plans as data -------------------------------------------------------------------------------------------------


@cache
def _honest() -> tuple[str, ...]:
    return tuple(json.dumps(synthetic.plan) for synthetic in generate(_POOL, 11, 0.5, 10))


def plan(random: Random) -> Data:
    """An honest plan."""
    data: Data = json.loads(random.choice(_honest()))
    return data


def _spots(value: Any, around: Any = None, key: Any = None) -> list[tuple[Any, Any]]:
    """Every value of a plan: what it is in, and where there."""
    found = [] if around is None else [(around, key)]
    for step, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += _spots(item, value, step)
    return found


def change(data: Any, random: Random) -> None:
    """Change one place of plain data as a slip, or somebody with a purpose, would."""
    spots = _spots(data)
    if spots:
        around, key = random.choice(spots)
        random.choice(_CHANGES)(around, key, spots, random)


def _odd(around: Any, key: Any, _: Any, random: Random) -> None:
    around[key] = deepcopy(random.choice((*_ODD_TEXTS, *_ODD_VALUES)))


def _away(around: Any, key: Any, *_: Any) -> None:
    del around[key]


def _other_word(around: Any, key: Any, spots: Any, random: Random) -> None:
    """Another value that stands elsewhere in the plan, or another word of some list: often a plan still."""
    same = [there[at] for there, at in spots if type(there[at]) is type(around[key])]
    around[key] = deepcopy(random.choice([random.choice(_LABELS), random.choice(same)]))


def _shifted(around: Any, key: Any, _: Any, random: Random) -> None:
    value = around[key]
    if isinstance(value, str) and (digits := [at for at, mark in enumerate(value) if mark.isdigit()]):
        at = random.choice(digits)
        around[key] = value[:at] + str(random.randrange(10)) + value[at + 1 :]
    elif isinstance(value, bool):
        around[key] = not value
    elif isinstance(value, int):
        around[key] = value + random.choice((-1, 1, 10**6))


def _twice(around: Any, key: Any, _: Any, random: Random) -> None:
    if isinstance(around, list):
        around.insert(random.randrange(len(around) + 1), deepcopy(around[key]))
    else:
        around[_misspelt(str(key), random)] = deepcopy(around[key])


def _renamed(around: Any, key: Any, _: Any, random: Random) -> None:
    if isinstance(around, dict):
        around[_misspelt(str(key), random)] = around.pop(key)
    else:
        random.shuffle(around)


def _retyped(around: Any, key: Any, _: Any, random: Random) -> None:
    value = around[key]
    around[key] = random.choice([str(value), [value], {"value": value}, [value, deepcopy(value)]])


def _dressed(around: Any, key: Any, _: Any, random: Random) -> None:
    """Text with something in it that nobody sees, or looks past."""
    if isinstance(around[key], str):
        at = random.randrange(len(around[key]) + 1)
        mark = random.choice(("\u200b", "\u00a0", "\u0301", "\t", " ", "\n", "．", "а", "\ufe0f", "Đ"))
        around[key] = around[key][:at] + mark + around[key][at:]


def _misspelt(word: str, random: Random) -> str:
    at = random.randrange(len(word) + 1)
    return random.choice([word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word.upper(), f" {word}", "name"])


_CHANGES: Final[tuple[Callable[[Any, Any, Any, Random], None], ...]] = (
    *(_odd, _away, _other_word, _other_word, _shifted, _shifted, _twice, _renamed, _retyped, _dressed),
)


def changed_plan(random: Random) -> Data:
    """An honest plan with up to four places changed."""
    data = plan(random)
    for _ in range(random.randrange(5)):
        change(data, random)
    return data


# --- texts ---------------------------------------------------------------------------------------------------------


def torn(content: bytes, random: Random) -> bytes:
    """The content with something done to the bytes themselves."""
    made = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 8))):
        start = random.randrange(len(made) + 1)
        end = min(len(made), start + random.choice((1, 1, 4, 40, 400)))
        there = random.randrange(len(made) + 1)
        match random.randrange(7):
            case 0:
                made[start:end] = random.randbytes(end - start)
            case 1:
                del made[start:end]
            case 2:
                made[there:there] = made[start:end]
            case 3:
                made[start:start] = random.choice(_ODD_TEXTS).encode("utf-8", "surrogatepass")
            case 4:
                del made[start:]
            case 5:
                made[start:end] = made[start:end] * random.choice((2, 50))
            case 6:
                made = bytearray(made.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"\xe2\x80\xa8"))))
    return bytes(made)


def _perhaps_torn(content: bytes, random: Random) -> bytes:
    return torn(content, random) if random.random() < 0.4 else content


def _yaml(random: Random) -> bytes:
    text = yaml.dump(changed_plan(random), allow_unicode=random.random() < 0.8, sort_keys=False, Dumper=_Dumper)
    return _perhaps_torn(text.encode("utf-8", "surrogatepass"), random)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _json(random: Random) -> bytes:
    indent = random.choice((None, 2))
    return _perhaps_torn(json.dumps(changed_plan(random), indent=indent).encode(), random)


def _jsonl(random: Random) -> bytes:
    return _perhaps_torn(b"\n".join(json.dumps(changed_plan(random)).encode() for _ in range(3)) + b"\n", random)


# --- packages ------------------------------------------------------------------------------------------------------


@cache
def _forms(kind: str) -> tuple[tuple[tuple[str, bytes], ...], ...]:
    """The parts of honest plans as forms: few, for they take long to make."""
    write = workbook.write if kind == "xlsx" else word.write
    made = []
    for text in _honest()[:6]:
        with ZipFile(BytesIO(write(read_plan(read("a.json", text.encode()))))) as package:
            made.append(tuple((name, package.read(name)) for name in package.namelist()))
    return tuple(made)


def _form(kind: str) -> Callable[[Random], bytes]:
    def make(random: Random) -> bytes:
        parts = dict(random.choice(_forms(kind)))
        for _ in range(random.randrange(4)):
            contents = [name for name in parts if re.search(r"sheet\d+\.xml$|document\.xml$|sharedStrings", name)]
            name = random.choice(contents if random.random() < 0.8 else [*parts])
            if random.random() < 0.85 and name.endswith((".xml", ".rels")):
                parts[name] = _other_element(parts[name], random)
            else:
                parts[name] = torn(parts[name], random)
        if random.random() < 0.1:
            del parts[random.choice([*parts])]
        return _packed(parts, random)

    return make


def _other_element(content: bytes, random: Random) -> bytes:
    """A part with some elements of it taken away, doubled, moved, or given another text or attribute."""
    try:
        root = etree.fromstring(content)
    except etree.XMLSyntaxError:
        return torn(content, random)
    for _ in range(random.choice((1, 1, 3))):
        elements = [element for element in root.iter() if isinstance(element.tag, str) and element is not root]
        if not elements:
            break
        element, other = random.choice(elements), random.choice(elements)
        above = element.getparent()
        assert above is not None
        match random.randrange(6):
            case 0:
                above.remove(element)
            case 1:
                above.append(etree.fromstring(etree.tostring(element)))
            case 2:
                other.append(etree.fromstring(etree.tostring(element)))
            case 3:
                texts = [item for item in elements if item.text]
                if texts:
                    chosen = random.choice(texts)
                    written = random.choice((*_ODD_TEXTS, *_LABELS, random.choice(texts).text or ""))
                    chosen.text = _of_xml(written)
            case 4:
                if element.attrib:
                    name = random.choice([*element.attrib])
                    element.set(name, _of_xml(random.choice((*_ODD_TEXTS, "A1", "XFD1048576", "s", "d", "e", "b"))))
            case 5:
                element.tag, other.tag = other.tag, element.tag
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _of_xml(text: str) -> str:
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "?", text)


def _packed(parts: dict[str, bytes], random: Random) -> bytes:
    """A zip package, as it should be or not."""
    made = BytesIO()
    odd = random.random() < 0.15
    with ZipFile(made, "w") as package:
        for name, content in parts.items():
            info = ZipInfo(name, (2017, 12, 1, 8, 0, 0))
            info.compress_type = random.choice((ZIP_STORED, ZIP_LZMA, ZIP_BZIP2)) if odd else ZIP_DEFLATED
            package.writestr(info, content)
    return torn(made.getvalue(), random) if random.random() < 0.2 else made.getvalue()


def _zip(random: Random) -> bytes:
    parts: dict[str, bytes] = {}
    for number in range(random.randrange(1, 4)):
        form = random.choice(("yaml", "json", "jsonl", "xlsx", "docx", "yaml"))
        name = random.choice(_NAMES).format(number)
        parts[f"{name}.{form}"] = FORMS[form](random)
    return _packed(parts, random)


_NAMES: Final = (
    *("a{}", "a{}", "xã/kế hoạch {}", "../{}", "/{}", ".an/{}", ".an{}", "~$a{}", "__MACOSX/a{}", "a\\{}", "A{}.YAML"),
    *("x\n{}", "e\u0323\u0302{}", "ket-qua{}", "waivers", "thamdinh.toml", "a{}.yaml.exe", "{0}" * 40),
)


# --- Parquet -------------------------------------------------------------------------------------------------------


def _parquet(random: Random) -> bytes:
    rows = [changed_plan(random) if random.random() < 0.7 else plan(random) for _ in range(3)]
    made = BytesIO()
    try:
        table = pa.Table.from_pylist(rows)
        if random.random() < 0.5:
            table = pa.Table.from_pylist([plan(random) for _ in range(3)])
            table = _other_columns(table, random)
        compression = random.choice(("snappy", "zstd", "none", "gzip"))
        pq.write_table(table, made, compression=compression, row_group_size=random.choice((1, 2, 512)))
    except (pa.ArrowException, ValueError, TypeError, OverflowError, UnicodeError):
        # Rows that disagree in their types make no table: those of one of them do, or of an honest one.
        made = BytesIO()
        pq.write_table(pa.Table.from_pylist([plan(random)]), made)
    return _perhaps_torn(made.getvalue(), random)


def _other_columns(table: pa.Table, random: Random) -> pa.Table:
    at = random.randrange(table.num_columns)
    name = table.column_names[at]
    match random.randrange(4):
        case 0:
            return table.drop_columns([name])
        case 1:
            return table.append_column(random.choice((name, "x", "")), table.column(at))
        case 2:
            return table.set_column(at, name, pa.array([random.choice(_ODD_TEXTS[:20])] * table.num_rows))
    return table.set_column(at, name, pa.nulls(table.num_rows, table.column(at).type))


# --- what a run is set up by ---------------------------------------------------------------------------------------

_WAIVERS: Final = {
    "waivers": [
        {
            "rule": "TD501", "subject": "p02@dang-uy-xa", "organization": "Đảng bộ xã Phú Túc", "reason": "Đi học",
            "approved_by": "Huyện ủy", "document": "12-CV/HU", "valid_until": "2018-12-31",
        }
    ]
}  # fmt: skip
_SETTINGS: Final = """\
directive = "ben-tre-2017"
lang = "vi"
format = "text"
output-file = ["sarif=ket-qua.sarif"]
fail-on = "warning"
select = ["TD5", "TD101"]
ignore = ["TD6"]
quiet = true
limit-seconds = 20
limit-problems = 10
"""


def _waivers(random: Random) -> bytes:
    data = json.loads(json.dumps(_WAIVERS))
    for _ in range(random.randrange(4)):
        change(data, random)
    return _perhaps_torn(yaml.dump(data, allow_unicode=True).encode("utf-8", "surrogatepass"), random)


def _settings(random: Random) -> bytes:
    lines = _SETTINGS.splitlines()
    random.shuffle(lines)
    return torn("\n".join(lines).encode(), random)


def _feature(random: Random) -> bytes:
    return torn(random.choice(_features()), random)


@cache
def _features() -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(ROOT.glob("features/**/*.feature")))


_PACKS: Final = ("ben_tre_2017", "cong_an_minh_hoa_2017", "huyen_minh_hoa_2017")
_FILE_NAMES: Final = (
    "them.yaml",
    "them.yml",
    "THEM.YAML",
    "directive.yml",
    "README.md",
    "x\ny.yaml",
    "tests/them.yaml",
)


@cache
def _pack_files(name: str) -> tuple[tuple[str, bytes], ...]:
    """The files of a pack that comes with the program, under an id of its own."""
    files = [(path.name, path.read_bytes()) for path in sorted((ROOT / "rules" / name).glob("*.yaml"))]
    return tuple((file, re.sub(rb"(?m)^id: .*$", b"id: xa-thu-2017", content, count=1)) for file, content in files)


def _pack(random: Random) -> bytes:
    """The folder of a pack, as an archive."""
    files = dict(_pack_files(random.choice(_PACKS)))
    for _ in range(random.randrange(4)):
        name = random.choice([*files])
        match random.randrange(8):
            case 0:
                files[random.choice(_FILE_NAMES)] = files[name]
            case 1:
                del files[name]
                files = files or dict(_pack_files(_PACKS[1]))
            case 2 | 3:
                files[name] = torn(files[name], random)
            case _:
                files[name] = _other_rules(files[name], random)
    return _archive(files)


def _other_rules(content: bytes, random: Random) -> bytes:
    try:
        data: Any = read("a.yaml", content).data
    except Unreadable:
        return torn(content, random)
    for _ in range(random.choice((1, 1, 3))):
        random.choice((change, _other_condition))(data, random)
    return yaml.dump(data, allow_unicode=True, sort_keys=False, Dumper=_Dumper).encode("utf-8", "surrogatepass")


def _other_condition(data: Any, random: Random) -> None:
    """Join conditions of a rule to others, turn one round, ask another test, or write other words in braces."""
    spots = _spots(data)
    conditions = [(around, key) for around, key in spots if key in ("where", "require", "when", "not") and around[key]]
    tests = [(around, key) for around, key in spots if key in _TESTS]
    words = [(around, key) for around, key in spots if isinstance(around[key], str) and "{" in around[key]]
    if not (conditions or tests or words):
        return
    around, key = random.choice([*conditions, *tests, *words])
    old = around[key]
    if isinstance(old, str):
        around[key] = old.replace("{", random.choice(("{{", "{plan.", "{param.", "{participant.party_card} {", "}")))
    elif key in _TESTS:
        around[random.choice(_TESTS)] = around.pop(key)
    else:
        others = [there[at] for there, at in conditions]
        some = [deepcopy(random.choice(others)) for _ in range(random.choice((1, 2, 3, 15)))]
        deep = old
        for _ in range(random.choice((2, 3, 60))):
            deep = {"not": deep}
        around[key] = random.choice(
            ({"any": [old, *some]}, {"all": [{"any": [old, *some]}] * len(some)}, deep, some[0])
        )


_TESTS: Final = (
    *(
        "is",
        "in",
        "between",
        "at_least",
        "at_most",
        "less_than",
        "more_than",
        "before",
        "after",
        "present",
        "has",
        "same_as",
    ),
    *("param", "field", "for", "some", "none"),
)


def _archive(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, (2017, 12, 1, 8, 0, 0)), content)
    return made.getvalue()


FORMS: Final[dict[str, Callable[[Random], bytes]]] = {
    "yaml": _yaml, "json": _json, "jsonl": _jsonl, "xlsx": _form("xlsx"), "docx": _form("docx"), "zip": _zip,
    "parquet": _parquet, "waivers": _waivers, "settings": _settings, "feature": _feature,
    "pack": _pack,
}  # fmt: skip
"""What makes a file of each form."""
SUFFIXES: Final = {"waivers": ".yaml", "settings": ".toml", "pack": ".zip"}
