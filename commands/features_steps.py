"""`thamdinh features steps`: the vocabulary of scenarios."""

from ..engine.base.text import Text
from .bilingual import command as bilingual_command
from .bilingual import language, write


@bilingual_command(
    Text(
        "Liệt kê các bước có thể dùng khi viết tình huống, mỗi bước một ví dụ, cùng các từ và cột dùng được.",
        "List the steps for writing scenarios, each with an example, and the words and columns they take.",
    )
)
def command() -> int:
    """Print the vocabulary, and the plan that scenarios begin with."""
    from ..engine.assurance.scenarios import standard_steps
    from ..engine.assurance.scenarios.listing import listing
    from ..engine.explain.example import example_lines
    from ..engine.model.document_types import description
    from ..features.steps.plans import BASE

    head = Text(
        "Kế hoạch mà tình huống bắt đầu từ đó (“một kế hoạch đúng chỉ đạo của xã”):",
        "The plan that scenarios begin with (“một kế hoạch đúng chỉ đạo của xã”):",
    )
    lines = example_lines(BASE.read_text(encoding="utf-8"), description(), language(), codes=True)
    plan = "".join(f"  {line}\n" for line in lines)
    write(f"{listing(standard_steps(), description(), language())}\n{head[language()]}\n\n{plan}".encode())
    return 0
