"""The language server: between the protocol of editors (LSP 3.17) and what the engine says of a plan."""

from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument as Opened
from pygls.workspace.position_codec import ServerTextPosition, ServerTextRange

from ..base.problem import Place, Problem, Unreadable
from ..base.text import Language
from ..evaluation.verdict import Finding
from .completion import complete
from .diagnosis import LARGEST_TEXT, Diagnosis, all_mended, diagnose, mended_text
from .hover import about_findings, about_key

SOURCE: Final = "thamdinh"
FIX_ALL: Final = f"source.fixAll.{SOURCE}"
_SEVERITIES: Final = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "advice": types.DiagnosticSeverity.Information,
}
_KINDS: Final = {
    "key": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "reference": types.CompletionItemKind.Reference,
}
_LANGUAGES: Final = ("yaml", "json")
_SUFFIXES: Final = (".yaml", ".yml", ".json")


def _name(opened: Opened) -> str | None:
    """The name of what is open, by which it is read; None for what no plan stands in. A buffer without a file has a language."""
    if opened.path.endswith(_SUFFIXES):
        return opened.path
    is_file = opened.uri.startswith("file:")
    return (
        f"{opened.path or 'untitled'}.{opened.language_id}"
        if not is_file and opened.language_id in _LANGUAGES
        else None
    )


class _Session:
    """What an editor has open, and what was found in it."""

    def __init__(self, server: LanguageServer, language: Language, config: Path | None) -> None:
        self._server, self._language, self._config = server, language, config
        self._known: dict[str, Diagnosis | None] = {}

    def check(self, uri: str) -> None:
        """Check a text as it stands now, and tell the editor."""
        opened = self._server.workspace.get_text_document(uri)
        self._known[uri] = None
        diagnostics: list[types.Diagnostic] = []
        try:
            if (name := _name(opened)) is not None:
                self._known[uri] = found = diagnose(name, opened.source, self._config)
                diagnostics = [] if found is None else [*_diagnostics(opened, found, self._language)]
        except Unreadable as unreadable:
            diagnostics = [_refusal(problem, self._language) for problem in unreadable.problems]
        self._tell(types.PublishDiagnosticsParams(uri, diagnostics, version=opened.version))

    def forget(self, uri: str) -> None:
        """A text was closed."""
        self._known.pop(uri, None)
        self._tell(types.PublishDiagnosticsParams(uri, []))

    def _tell(self, diagnostics: types.PublishDiagnosticsParams) -> None:
        self._server.text_document_publish_diagnostics(diagnostics)

    def hover(self, uri: str, position: types.Position) -> types.Hover | None:
        """What there is to say of the findings at a position, or else of the key there."""
        found = self._known.get(uri)
        if found is None:
            return None
        document = self._server.workspace.get_text_document(uri)
        ranges = _Ranges(document)
        here = [item for item in found.verdict.findings if _within(position, ranges(item.place))]
        words = about_findings(found, here, self._language) if here else None
        words = words or about_key(found, document.offset_at_position(position), self._language)
        return None if words is None else types.Hover(types.MarkupContent(types.MarkupKind.Markdown, words))

    def complete(self, uri: str, position: types.Position) -> list[types.CompletionItem]:
        """What may be written at a position."""
        document = self._server.workspace.get_text_document(uri)
        if not (_name(document) or "").endswith((".yaml", ".yml")) or len(document.source) > LARGEST_TEXT:
            return []
        return [
            types.CompletionItem(
                item.word,
                kind=_KINDS[item.kind],
                detail=item.about,
                insert_text=f"{item.word}: " if item.kind == "key" else item.word,
            )
            for item in complete(document.source, document.offset_at_position(position), self._language)
        ]

    def offer(self, parameters: types.CodeActionParams) -> list[types.CodeAction]:
        """What mends the findings in a range."""
        uri = parameters.text_document.uri
        found = self._known.get(uri)
        if found is None:
            return []
        return [*_actions(self._server.workspace.get_text_document(uri), found, parameters, self._language)]


def server(version: str, language: Language, config: Path | None = None) -> LanguageServer:
    """The server, ready to be started on standard input and output, or on a socket. `config`: the settings file."""
    made = LanguageServer(SOURCE, version)
    session = _Session(made, language, config)

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(parameters: types.DidOpenTextDocumentParams) -> None:
        session.check(parameters.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def edited(parameters: types.DidChangeTextDocumentParams) -> None:
        session.check(parameters.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(parameters: types.DidSaveTextDocumentParams) -> None:
        session.check(parameters.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(parameters: types.DidCloseTextDocumentParams) -> None:
        session.forget(parameters.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(parameters: types.HoverParams) -> types.Hover | None:
        return session.hover(parameters.text_document.uri, parameters.position)

    @made.feature(
        types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=[" ", ":", "[", "{", ",", "-"])
    )
    def completed(parameters: types.CompletionParams) -> list[types.CompletionItem]:
        return session.complete(parameters.text_document.uri, parameters.position)

    @made.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def offered(parameters: types.CodeActionParams) -> list[types.CodeAction]:
        return session.offer(parameters)

    return made


def _refusal(problem: Problem, language: Language) -> types.Diagnostic:
    """A problem that is not in the text itself (of settings, packs, waivers), at its head."""
    return types.Diagnostic(
        types.Range(types.Position(0, 0), types.Position(0, 1)),
        f"{problem.place.describe(language)}: {problem.message[language]}. {problem.fix[language]}",
        severity=types.DiagnosticSeverity.Error,
        code=problem.code,
        source=SOURCE,
    )


def _diagnostics(document: Opened, diagnosis: Diagnosis, language: Language) -> Iterator[types.Diagnostic]:
    error, information = types.DiagnosticSeverity.Error, types.DiagnosticSeverity.Information
    verdict = diagnosis.verdict
    ranges = _Ranges(document)
    told = [*((item, error) for item in verdict.problems), *((item, information) for item in verdict.notices)]
    for problem, severity in told:
        yield types.Diagnostic(
            ranges(problem.place),
            f"{problem.message[language]}\n{problem.fix[language]}",
            severity=severity,
            code=problem.code,
            source=SOURCE,
        )
    for finding in diagnosis.verdict.findings:
        waived = finding.waived is not None
        note = {"vi": " (đã miễn trừ)", "en": " (waived)"}[language] if waived else ""
        yield types.Diagnostic(
            ranges(finding.place),
            f"[{finding.clause}] {finding.message[language]}{note}\n{finding.fix[language]}",
            severity=types.DiagnosticSeverity.Hint if waived else _SEVERITIES[finding.severity],
            code=finding.rule,
            source=SOURCE,
            data={"rule": finding.rule, "subject": finding.subject.id},
        )


def _actions(
    document: Opened, diagnosis: Diagnosis, parameters: types.CodeActionParams, language: Language
) -> Iterator[types.CodeAction]:
    wanted, ranges = parameters.context.only, _Ranges(document)
    if wanted is None or types.CodeActionKind.QuickFix in wanted:
        for finding in diagnosis.verdict.findings:
            place = ranges(finding.place)
            if not (_within(place.start, parameters.range) or _within(parameters.range.start, place)):
                continue
            if (text := mended_text(diagnosis, finding)) is not None:
                about = [item for item in parameters.context.diagnostics if _is_about(item, finding)]
                yield types.CodeAction(
                    finding.fix[language],
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=about,
                    edit=_edit(document, text),
                    is_preferred=True,
                )
    if (wanted is None or FIX_ALL in wanted or types.CodeActionKind.SourceFixAll in wanted) and (
        text := all_mended(diagnosis)
    ) is not None:
        title = {"vi": "Sửa mọi lỗi sửa được máy móc", "en": "Mend all that is mechanical"}[language]
        yield types.CodeAction(title, kind=FIX_ALL, edit=_edit(document, text))


def _is_about(diagnostic: types.Diagnostic, finding: Finding) -> bool:
    return diagnostic.data == {"rule": finding.rule, "subject": finding.subject.id}


def _edit(document: Opened, text: str) -> types.WorkspaceEdit:
    """The smallest single replacement that makes the document's text the new one."""
    old = document.source
    start = _common(old, text)
    ends = _common(old[start:][::-1], text[start:][::-1])
    place = ServerTextRange(_position(old, start), _position(old, len(old) - ends))
    replacement = types.TextEdit(document.range_to_client_units(place), text[start : len(text) - ends])
    return types.WorkspaceEdit(changes={document.uri: [replacement]})


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _position(text: str, offset: int) -> ServerTextPosition:
    """The offset as line and column, both from 0, in code points."""
    before = text[:offset].splitlines(keepends=True)
    if not before or before[-1].endswith(("\n", "\r")):
        return ServerTextPosition(len(before), 0)
    return ServerTextPosition(len(before) - 1, len(before[-1]))


class _Ranges:
    """Where places of a document stand, in the client's units. Its lines are told apart once: that takes as long as the text."""

    def __init__(self, document: Opened) -> None:
        self._lines, self._codec = document.lines, document.position_codec

    def __call__(self, place: Place) -> types.Range:
        """The range of a place; to the end of the line where nothing is said of an end."""
        line, column = (place.line or 1) - 1, (place.column or 1) - 1
        rest = len(self._lines[line].rstrip("\r\n")) if line < len(self._lines) else column
        end = place.end_column - 1 if place.end_column is not None else max(rest, column)
        return self._codec.range_to_client_units(
            self._lines, ServerTextRange(ServerTextPosition(line, column), ServerTextPosition(line, end))
        )


def _within(position: types.Position, place: types.Range) -> bool:
    return place.start <= position <= place.end
