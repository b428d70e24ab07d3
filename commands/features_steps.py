"""`thamdinh features steps`: the vocabulary of scenarios."""

from ..engine.base.text import Text
from ..engine.directive.packs import locate_pack, ruleset
from .bilingual import command as bilingual_command
from .bilingual import language, write
from .shared_options import directive_option


@bilingual_command(
    Text(
        "Liệt kê các bước có thể dùng khi viết tình huống, mỗi bước một ví dụ, cùng các từ và cột dùng được.",
        "List the steps for writing scenarios, each with an example, and the words and columns they take.",
    )
)
@directive_option()
def command(directive: str) -> int:
    """Print the vocabulary, and the document that scenarios of the pack begin with."""
    from ..engine.assurance.scenarios import standard_steps
    from ..engine.assurance.scenarios.appraisers import type_judged_by
    from ..engine.assurance.scenarios.listing import listing
    from ..engine.explain.example import example_lines
    from ..engine.model.called import called
    from ..features.steps.plans import base_text

    judged = type_judged_by(ruleset(directive), locate_pack(directive))
    base = base_text(judged)
    known = judged.known
    words, kind = called(known), known.kinds.members[0].words.vi if known.kinds and known.kinds.members else ""
    begins = f"một {words.one.vi} đúng chỉ đạo" + (f" của {kind}" if kind else "")
    head = Text(
        f"{words.single.vi} mà tình huống bắt đầu từ đó (“{begins}”):",
        f"The {words.one.en} that scenarios begin with (“{begins}”):",
    )
    lines = example_lines(base, known, language(), codes=True)
    begun = "".join(f"  {line}\n" for line in lines)
    write(f"{listing(standard_steps(), known, language())}\n{head[language()]}\n\n{begun}".encode())
    return 0
