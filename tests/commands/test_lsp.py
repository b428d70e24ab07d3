"""The language server, driven by a real client over its standard input and output."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.appraisal import found
from tests.command_line import EXAMPLES, PROGRAM
from tests.late import late
from thamdinh.engine.editor.diagnosis import diagnose

if TYPE_CHECKING:
    from lsprotocol import types
else:
    types = late("lsprotocol.types")

pytestmark = pytest.mark.process

MERGED = EXAMPLES / "breached" / "bao-cao-gop.yaml"


class Editor:
    """What one test does with the server, in a folder of its own, and what the server publishes there."""

    def __init__(self, folder: Path, client: Any, published: asyncio.Queue[types.PublishDiagnosticsParams]) -> None:
        self.client = client
        self.folder = folder
        self.published = published
        self.opened: set[str] = set()

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    async def open(self, name: str, text: str) -> list[types.Diagnostic]:
        return await self.open_uri(self.uri(name), text)

    async def open_uri(self, uri: str, text: str) -> list[types.Diagnostic]:
        self.opened.add(uri)
        document = types.TextDocumentItem(uri, "yaml", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return await self.diagnostics()

    async def diagnostics(self) -> list[types.Diagnostic]:
        while (told := await asyncio.wait_for(self.published.get(), 20)).uri not in self.opened:
            pass  # of what a test before had open
        return list(told.diagnostics)

    async def change(self, name: str, *edits: types.TextDocumentContentChangePartial) -> list[types.Diagnostic]:
        document = types.VersionedTextDocumentIdentifier(2, self.uri(name))
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, list(edits)))
        return await self.diagnostics()


WithEditor = Callable[[Path, Callable[[Editor], Awaitable[Any]]], Any]


class Session:
    """A server as editors start it in a folder, and see end by itself."""

    def __init__(self, folder: Path) -> None:
        from pygls.lsp.client import LanguageClient

        self.client = LanguageClient("test", "1")
        self.published: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self._folder = folder

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def keep(parameters: types.PublishDiagnosticsParams) -> None:
            self.published.put_nowait(parameters)

    async def start(self) -> None:
        await self.client.start_io(str(PROGRAM), "lsp", "--stdio", cwd=self._folder)  # as many editors write it
        capabilities = types.ClientCapabilities()
        started = await asyncio.wait_for(
            self.client.initialize_async(types.InitializeParams(capabilities=capabilities)), 20
        )
        assert started.server_info is not None
        assert started.server_info.name == "thamdinh"
        self.client.initialized(types.InitializedParams())

    async def end(self) -> None:
        await asyncio.wait_for(self.client.shutdown_async(None), 20)
        self.client.exit(None)
        await self.client.stop()

    async def act(self, folder: Path, act: Callable[[Editor], Awaitable[Any]]) -> Any:
        editor = Editor(folder, self.client, self.published)
        try:
            return await act(editor)
        finally:
            for uri in editor.opened:
                closed = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
                self.client.text_document_did_close(closed)


@contextmanager
def started(folder: Path) -> Iterator[WithEditor]:
    """What acts as an editor on a server of its own, started in the folder."""
    with asyncio.Runner() as runner:
        session = Session(folder)
        runner.run(session.start())
        try:
            yield lambda folder, act: runner.run(session.act(folder, act))
        finally:
            runner.run(session.end())


@pytest.fixture(scope="module")
def with_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WithEditor]:
    """One server for all tests that say nothing of its settings: to start takes most of a second."""
    with started(tmp_path_factory.mktemp("editor")) as act:
        yield act


def at(text: str, words: str) -> types.Position:
    """Where the words begin, in UTF-16 units."""
    before = text[: text.index(words)]
    last = before.rpartition("\n")[2]
    return types.Position(before.count("\n"), len(last.encode("utf-16-le")) // 2)


def test_findings_are_shown_where_they_stand_and_go_when_they_are_mended(
    with_editor: WithEditor, tmp_path: Path
) -> None:
    text = MERGED.read_text(encoding="utf-8")

    async def act(editor: Editor) -> None:
        shown = await editor.open("ke-hoach.yaml", text)
        assert sorted(str(item.code) for item in shown) == ["TD201", "TD202"]
        start = at(text, "{id: bc-chung")
        assert all(item.range.start == start for item in shown)
        identifier = types.TextDocumentIdentifier(editor.uri("ke-hoach.yaml"))
        context = types.CodeActionContext(shown)
        offered = await editor.client.text_document_code_action_async(
            types.CodeActionParams(identifier, types.Range(start, start), context)
        )
        actions = {action.kind: action for action in offered or () if isinstance(action, types.CodeAction)}
        assert set(actions) == {"quickfix", "source.fixAll.thamdinh"}
        edit = actions["source.fixAll.thamdinh"].edit  # type: ignore[index]
        assert edit is not None
        assert edit.changes is not None
        edits = [types.TextDocumentContentChangePartial(e.range, e.new_text) for e in edit.changes[identifier.uri]]
        assert await editor.change("ke-hoach.yaml", *edits) == []

    with_editor(tmp_path, act)


def test_columns_are_counted_as_the_protocol_counts_them(with_editor: WithEditor, tmp_path: Path) -> None:
    text = MERGED.read_text(encoding="utf-8").replace("- {id: bc-chung, title:", "- {title: 😀 X, id: bc-chung, x:")

    async def act(editor: Editor) -> None:
        shown = await editor.open("ke-hoach.yaml", text)
        [unknown] = [item for item in shown if "“x”" in item.message]
        assert unknown.range.start == at(text, "x: ")

    with_editor(tmp_path, act)


def test_hover_tells_the_clause_of_a_finding_and_the_meaning_of_a_key(with_editor: WithEditor, tmp_path: Path) -> None:
    text = MERGED.read_text(encoding="utf-8")

    async def act(editor: Editor) -> None:
        await editor.open("ke-hoach.yaml", text)
        identifier = types.TextDocumentIdentifier(editor.uri("ke-hoach.yaml"))

        async def hover(words: str) -> str:
            got = await editor.client.text_document_hover_async(types.HoverParams(identifier, at(text, words)))
            assert got is not None
            assert isinstance(got.contents, types.MarkupContent)
            return got.contents.value

        assert "**D3**" in await hover("{id: bc-chung")
        assert "loại hình tổ chức" in await hover("kind:")

    with_editor(tmp_path, act)


def test_completion_comes_from_the_form_of_the_plan(with_editor: WithEditor, tmp_path: Path) -> None:
    text = "organization:\n  kind: \n"

    async def act(editor: Editor) -> None:
        await editor.open("ke-hoach.yaml", text)
        identifier = types.TextDocumentIdentifier(editor.uri("ke-hoach.yaml"))
        got = await editor.client.text_document_completion_async(
            types.CompletionParams(identifier, types.Position(1, 8))
        )
        assert isinstance(got, list)
        assert {"commune", "police"} <= {item.label for item in got}

    with_editor(tmp_path, act)


def test_what_is_no_plan_is_left_alone_and_broken_text_is_told(with_editor: WithEditor, tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        assert await editor.open("docker-compose.yaml", "services: {web: {image: x}}\n") == []
        [problem] = await editor.open("hong.yaml", "schema: [1\n")
        assert problem.code == "PL001"

    with_editor(tmp_path, act)


def test_a_buffer_without_a_file_is_checked_by_its_language(with_editor: WithEditor, tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        [problem] = await editor.open_uri("untitled:Untitled-1", "schema: [1\n")
        assert problem.code == "PL001"

    with_editor(tmp_path, act)


def test_settings_of_the_current_directory_hold_and_none_beside_the_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "thamdinh.toml").write_text('select = ["TD202"]\n', encoding="utf-8")
    diagnosis = diagnose(str(tmp_path / "ke-hoach.yaml"), MERGED.read_text(encoding="utf-8"))
    assert diagnosis is not None
    assert {finding.split()[0] for finding in found(diagnosis.verdict)} > {"TD202"}
    for folder, config in ((tmp_path, None), (tmp_path.parent, tmp_path / "thamdinh.toml")):
        monkeypatch.chdir(folder)
        diagnosis = diagnose(str(tmp_path / "ke-hoach.yaml"), MERGED.read_text(encoding="utf-8"), config)
        assert diagnosis is not None
        assert {finding.split()[0] for finding in found(diagnosis.verdict)} == {"TD202"}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", [("DR001", "Error")]),
        ('directive = "ben-tre-2017"', [("NT005", "Information")]),
    ],
    ids=["plans choose", "a pack is named"],
)
def test_a_plan_that_no_pack_is_for_is_told_at_its_term(
    tmp_path: Path, settings: str, told: list[tuple[str, str]]
) -> None:
    (tmp_path / "thamdinh.toml").write_text(settings, encoding="utf-8")
    text = (
        (EXAMPLES / "compliant" / "dang-bo-so-y-te.yaml").read_text(encoding="utf-8").replace("2015-2020", "2025-2030")
    )

    async def act(editor: Editor) -> None:
        found = await editor.open("ke-hoach.yaml", text)
        assert [(item.code, types.DiagnosticSeverity(item.severity).name) for item in found] == told
        assert [text.splitlines()[item.range.start.line].strip() for item in found] == ["term: 2025-2030"]

    with started(tmp_path) as with_editor:
        with_editor(tmp_path, act)


def test_waivers_that_can_not_be_read_are_told_of_at_the_beginning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "waivers.yaml").write_text("waivers: [", encoding="utf-8")
    diagnosis = diagnose(str(tmp_path / "ke-hoach.yaml"), MERGED.read_text(encoding="utf-8"))
    assert diagnosis is not None
    [notice] = diagnosis.verdict.notices
    assert (notice.code, notice.message.vi.startswith("waivers.yaml:1:")) == ("PL001", True)
    assert diagnosis.verdict.status == "non_compliant"


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "[x](http://example.org)", "**x**"])
def test_words_of_a_plan_come_out_as_text(with_editor: WithEditor, tmp_path: Path, hostile: str) -> None:
    text = MERGED.read_text(encoding="utf-8").replace(
        "title: Báo cáo tổng kết năm 2017 và sơ kết giữa nhiệm kỳ", f'title: "{hostile}"'
    )

    async def act(editor: Editor) -> Any:
        await editor.open("ke-hoach.yaml", text)
        identifier = types.TextDocumentIdentifier(editor.uri("ke-hoach.yaml"))
        return await editor.client.text_document_hover_async(types.HoverParams(identifier, at(text, "{id: bc-chung")))

    assert hostile not in with_editor(tmp_path, act).contents.value


def test_it_ends_with_status_0_and_says_nothing_whatever_it_was_sent() -> None:
    def message(body: str) -> bytes:
        return b"Content-Length: %d\r\n\r\n" % len(body.encode()) + body.encode()

    start = (
        '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
    )
    sent = [
        message(start),
        b"Content-Length: 99999999999999\r\n\r\n{}",
        message("no JSON"),
        message('{"jsonrpc":"2.0","id":2,"method":"shutdown"}'),
        message('{"jsonrpc":"2.0","method":"exit"}'),
    ]
    done = subprocess.run([PROGRAM, "lsp"], input=b"".join(sent), capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b'"id": 2' in done.stdout
