"""The format `one-line`: a line a plan."""

import thamdinh

FORMAT = thamdinh.Format((".txt",))


def render(report: thamdinh.Report, options: thamdinh.Options) -> bytes:
    lines = [
        f"{verdict.file}: {', '.join(finding.rule for finding in verdict.findings) or verdict.status}"
        for verdict in report.verdicts
    ]
    return "".join(f"{line}\n" for line in lines).encode()
