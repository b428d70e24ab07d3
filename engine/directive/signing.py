"""Signed changes of directives: who vouches for a pack, by Ed25519 keys (RFC 8032) that an office trusts.

A signed change is a zip: `change.json` names every other file with its SHA-256, `signature.json` holds the public key and the
signature of `change.json`. What a change holds besides the packs is the business of engine/assurance/signed_change.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from ..base.archives import members, packed
from ..base.libraries import require
from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.record import Record
from ..base.signatures import fingerprint, signed_by
from ..base.system import configuration_folder, system_reason
from ..base.text import Text
from ..base.whole_file import write_whole

CHANGE: Final = "change.json"
SIGNATURE: Final = "signature.json"
NOT_SIGNED: Final = "DR004"
MOST_BYTES: Final = 64 * 2**20
"""How large what a signed change holds may be, and how many files."""
MOST_FILES: Final = 2_000
SUFFIX: Final = ".zip"
_NAME: Final = re.compile(r"[\w .-]{1,60}")


class SignedChange(Record):
    """A signed change whose signature and digests hold: what it says, its files, and who vouches for it.

    `key` is the fingerprint of the key, `by` what the office calls it; None where the office does not trust it.
    """

    file: str
    change: dict[str, Any]
    files: dict[str, bytes]
    key: str
    by: str | None


def make_key(name: str) -> tuple[Path, Path]:
    """A new key of this user: the private one, readable by its owner only, and the public one to be given to others.

    Raises Unreadable where there is a key of that name, or no file can be made.
    """
    require("cryptography", "rules keygen")
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

    key = Ed25519PrivateKey.generate()
    private, public = _key_file(name, "private"), _key_file(name, "pub")
    with _explained(private):
        private.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            write_whole(private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), private=True)
        except FileExistsError:
            raise _refused(
                private,
                Text(f"Đã có khóa tên “{name}”", f"There is a key called “{name}” already"),
                Text("Đặt tên khác; khóa cũ được giữ nguyên", "Choose another name; the old key is left as it is"),
            ) from None
        public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def trust(file: Path, name: str) -> str:
    """Trust a public key under a name from now on; gives its fingerprint. Raises Unreadable for what is no key."""
    require("cryptography", "rules trust")
    with _explained(file):
        content = file.read_bytes()
        key = _public_key(content, file)
        place = _key_file(name, "trusted")
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_bytes(content)
    return fingerprint(key)


def trusted() -> dict[str, str]:
    """What the office calls the keys that it trusts, by fingerprint. Raises Unreadable for a file that is no key."""
    found = {}
    for file in sorted((configuration_folder() / "keys").glob("*.trusted")):
        with _explained(file):
            found[fingerprint(_public_key(file.read_bytes(), file))] = file.stem
    return found


def signed(change: Mapping[str, object], files: Mapping[str, bytes], name: str) -> bytes:
    """A change with its files as a zip that the key of this name signs. Raises Unreadable where there is no such key."""
    require("cryptography", "rules seal")
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    path = _key_file(name, "private")
    if not path.is_file():
        message = Text(f"Chưa có khóa tên “{name}”", f"There is no key called “{name}”")
        fix = Text(f"Tạo khóa trước: thamdinh rules keygen {name}", f"Make it first: thamdinh rules keygen {name}")
        raise _refused(path, message, fix)
    with _explained(path):
        key: Any = load_pem_private_key(path.read_bytes(), None)
    digests = {file: hashlib.sha256(data).hexdigest() for file, data in sorted(files.items())}
    about = json.dumps({**change, "files": digests}, ensure_ascii=False, indent=2).encode() + b"\n"
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    signature = json.dumps({"key": public, "signature": key.sign(about).hex()}, indent=2).encode() + b"\n"
    return packed({CHANGE: about, SIGNATURE: signature, **files})


def opened(file: Path) -> SignedChange:
    """A signed change, once its signature and every digest hold. Raises Unreadable where they do not."""
    require("cryptography", str(file))
    with _explained(file):
        held = members(file, MOST_BYTES, MOST_FILES)
    try:
        about, signature = held.pop(CHANGE), json.loads(held.pop(SIGNATURE))
        key = _public_key(str(signature["key"]).encode(), file)
        if not signed_by(key, signature["signature"], about):
            raise ValueError(SIGNATURE)
        change = json.loads(about)
        digests = dict(change["files"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise _refused(
            file,
            Text("Chữ ký của tệp niêm phong không đúng", "The signature of the sealed change does not hold"),
            Text(
                "Không dùng tệp này; xin lại bản gốc từ nơi ban hành", "Do not use it; ask its issuer for the original"
            ),
        ) from None
    for name in sorted({*digests, *held}):
        if name not in held or digests.get(name) != hashlib.sha256(held[name]).hexdigest():
            raise _refused(
                file,
                Text(f"“{name}” trong tệp không phải như lúc niêm phong", f"“{name}” in it is not as it was sealed"),
                Text("Không dùng tệp này; xin lại bản gốc", "Do not use it; ask its issuer for the original"),
            )
    named = fingerprint(key)
    return SignedChange(str(file), change, held, named, trusted().get(named))


def voucher(digest: str, directive: str, seals: Path) -> str:
    """What the office calls the trusted key that vouches for the pack of this digest, by a sealed change in `seals`.

    `seals` is a file or a folder of them. Raises Unreadable where none does, with what is wrong with those that might.
    """
    doubts = []
    for file in sorted(seals.glob(f"*{SUFFIX}")) if seals.is_dir() else [seals]:
        try:
            found = opened(file)
        except Unreadable as unreadable:
            doubts += list(unreadable.problems)
            continue
        new = found.change.get("new")
        if isinstance(new, dict) and new.get("digest") == digest:
            if found.by is not None:
                return found.by
            doubts.append(_not_trusted(found))
    message = Text(
        f"Bộ quy tắc {directive} ({digest[:12]}) chưa được niêm phong bởi khóa nào mà cơ quan tin cậy",
        f"No key that this office trusts has sealed the pack {directive} ({digest[:12]})",
    )
    fix = Text(
        "Lấy tệp niêm phong từ nơi ban hành, đặt vào chỗ require-seal nêu; hoặc chọn bộ đã niêm phong bằng --directive",
        "Get the sealed change from its issuer and put it where require-seal says; or choose a sealed pack with --directive",
    )
    raise Unreadable(Problem(NOT_SIGNED, message, fix, Place(str(seals))), *doubts)


def _not_trusted(found: SignedChange) -> Problem:
    return Problem(
        NOT_SIGNED,
        Text(
            f"Cơ quan chưa tin khóa đã niêm phong ({found.key})", f"The key that sealed it is not trusted ({found.key})"
        ),
        Text(
            "Hỏi nơi ban hành dấu vân khóa, đúng thì: thamdinh rules trust TỆP.pub TÊN",
            "Ask the issuer for the fingerprint; if it is theirs: thamdinh rules trust FILE.pub NAME",
        ),
        Place(found.file),
    )


def _public_key(pem: bytes, file: Path) -> bytes:
    """The 32 bytes of a public key (PEM). Raises Unreadable for what is none."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise _refused(
            file,
            Text("Tệp này không phải khóa công khai (Ed25519, PEM)", "This is no public key (Ed25519, PEM)"),
            Text("Dùng tệp .pub mà rules keygen đã tạo", "Use the .pub file that rules keygen made"),
        )
    return key.public_bytes_raw()


def _key_file(name: str, kind: str) -> Path:
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise _refused(
            Path(name),
            Text("Tên khóa không dùng được", "The name of a key can't be this"),
            Text(
                "Dùng chữ, số, dấu cách, gạch nối; tối đa 60 ký tự",
                "Use letters, digits, spaces and hyphens; at most 60",
            ),
        )
    return configuration_folder() / "keys" / f"{name}.{kind}"


@contextmanager
def _explained(file: Path) -> Iterator[None]:
    """Whatever the system or a zip refuses within is raised as Unreadable of the file."""
    try:
        yield
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
        why = system_reason(error)
        message = Text(f"Không đọc hoặc ghi được ({why.vi})", f"It can't be read or written ({why.en})")
        fix = Text("Kiểm tra tên, quyền và nội dung của tệp", "Check the file's name, permissions and content")
        raise _refused(file, message, fix) from None


def _refused(file: Path, message: Text, fix: Text) -> Unreadable:
    return Unreadable(Problem(UNREADABLE, message, fix, Place(str(file))))
