"""`thamdinh rules keygen`: a key with which changes of directives are sealed."""

from ..engine.base.text import Text
from ..engine.directive.signing import make_key
from .bilingual import argument, say
from .bilingual import command as bilingual_command


@bilingual_command(
    Text(
        "Tạo khóa tên TÊN (Ed25519) để niêm phong bộ quy tắc; gửi tệp .pub cho nơi sẽ tin khóa, giữ kín tệp kia.",
        "Make a key (Ed25519) called NAME to seal packs with; give the .pub file to those who are to trust it, and keep the other.",
    )
)
@argument("name", metavar="NAME")
def command(name: str) -> int:
    """Make the key, and say where it is."""
    private, public = make_key(name)
    say(Text(f"Khóa riêng: {private}", f"Private key: {private}"))
    say(Text(f"Khóa công khai: {public}", f"Public key: {public}"))
    return 0
