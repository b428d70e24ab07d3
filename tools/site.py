"""What the site adds to the documents while it is built (a hook of MkDocs): the list of all decisions."""

import re
from pathlib import Path
from typing import Any


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The page; that of the decisions with a list of them."""
    if page.file.src_uri != "decisions/README.md":
        return markdown
    found = sorted(path for path in Path(page.file.abs_src_path).parent.glob("*.md") if path.name != "README.md")
    titles = [(re.sub(r"^#\s*", "", path.read_text(encoding="utf-8").splitlines()[0]), path.name) for path in found]
    return markdown + "\n" + "".join(f"- [{title}]({name})\n" for title, name in titles)


def on_post_page(output: str, **_: Any) -> str:
    """The page, which loads nothing from elsewhere: what the theme would fetch for searches from disk is our own."""
    ours = Path(__file__).with_name("offline_search.js").read_text(encoding="utf-8")
    return re.sub(r'<script src="https://unpkg\.com/[^"]*"></script>', lambda _: f"<script>{ours}</script>", output)


on_post_template = on_post_page
"""The page for what isn't there is made otherwise than the others."""
