"""Files under their digest, encrypted (AES-256-GCM), and the key, which lies apart from them.

Of the key are made the one that encrypts and the one that signs (Ed25519), so that there is one thing to keep safe.
"""

import base64
import hashlib
import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.base.whole_file import anything, write_whole
from .refused import Refused

_KEY: Final = 32
_NONCE: Final = 12
SEALED: Final = "\u2059"
"""How sealed words begin: with what nobody begins to write with."""
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def digest_of(content: bytes) -> str:
    """SHA-256, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


_KNOWN: Final = b"thamdinh desk"
KNOWN: Final = digest_of(_KNOWN)
"""The file by which a vault knows its key again."""


class Damaged(Refused):
    """A file in the vault that is missing, or not what was put there."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            "away",
            Text(
                f"Tệp đã lưu bị mất hoặc hỏng ({digest[:12]})",
                f"A file that was kept is lost or damaged ({digest[:12]})",
            ),
            Text(
                "Báo người quản trị chạy thamdinh desk verify và khôi phục từ bản sao lưu",
                "Have the administrator run thamdinh desk verify, and restore a backup",
            ),
        )


class Vault:
    """The folder of encrypted files, opened with its key. Raises Unreadable for a key that is missing or that others may read."""

    def __init__(self, folder: Path, key: Path) -> None:
        self.folder, self.key = folder, key
        secret = _read_key(key)
        self._cipher = AESGCM(_derived(secret, b"thamdinh desk: encrypt"))
        self._words = AESGCM(_derived(secret, b"thamdinh desk: words"))
        self._signer = Ed25519PrivateKey.from_private_bytes(_derived(secret, b"thamdinh desk: sign"))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def seal(self, words: str) -> str:
        """Words as a database is to hold them: encrypted, and never the same twice."""
        nonce = os.urandom(_NONCE)
        return SEALED + base64.b64encode(nonce + self._words.encrypt(nonce, words.encode(), None)).decode()

    def unseal(self, kept: str) -> str:
        """Words that a database holds; what an earlier version of the program kept unsealed, as it is. Raises Damaged."""
        if not kept.startswith(SEALED):
            return kept
        try:
            sealed = base64.b64decode(kept.removeprefix(SEALED), validate=True)
            return self._words.decrypt(sealed[:_NONCE], sealed[_NONCE:], None).decode()
        except (InvalidTag, ValueError):
            raise Damaged(digest_of(kept.encode())) from None

    def begin(self) -> None:
        """Let a new vault know its key. Raises OSError."""
        self.put(_KNOWN)

    def recognise(self) -> None:
        """Raises Unreadable where the vault was begun with another key."""
        try:
            self.get(KNOWN)
        except Damaged:
            raise Unreadable(
                Problem(
                    UNREADABLE,
                    Text(
                        "Khóa này không phải khóa của dữ liệu trong thư mục",
                        "This is not the key of the data in the folder",
                    ),
                    Text("Chỉ đúng tệp khóa bằng --key", "Name the right key by --key"),
                    Place(str(self.key)),
                )
            ) from None

    @property
    def public_key(self) -> bytes:
        """With which anybody can check what the desk signs: 32 bytes."""
        return self._signer.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> str:
        """The signature of the desk, in hexadecimal digits."""
        return self._signer.sign(content).hex()

    def put(self, content: bytes) -> str:
        """Keep a file, safe on the disk when this returns; gives its digest. Raises OSError."""
        digest = digest_of(content)
        path = self._path(digest)
        if path.exists():
            os.utime(path)  # Whoever sweeps sees that it is asked for again.
        else:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            nonce = os.urandom(_NONCE)
            with suppress(FileExistsError):  # Another has just kept the same.
                write_whole(path, nonce + self._cipher.encrypt(nonce, content, digest.encode()), anything, private=True)
            _sync(path.parent)
        return digest

    def get(self, digest: str) -> bytes:
        """The file of that digest. Raises Damaged."""
        try:
            sealed = self._path(digest).read_bytes()
            content = self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], digest.encode())
        except (OSError, InvalidTag, ValueError):
            raise Damaged(digest) from None
        if digest_of(content) != digest:
            raise Damaged(digest)
        return content

    def forget(self, digest: str) -> None:
        """Delete a file."""
        self._path(digest).unlink(missing_ok=True)

    def age(self, digest: str) -> float:
        """How many seconds ago a file was put there; 0 where there is none."""
        try:
            return time.time() - self._path(digest).stat().st_mtime
        except OSError:
            return 0.0

    def digests(self) -> set[str]:
        """Of all files that are kept."""
        return {path.name for path in self.folder.glob("??/*") if len(path.name) == 64}

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest


def make_key(path: Path) -> None:
    """Make a new key, for the owner's eyes alone. Raises OSError, FileExistsError where there is a file."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, os.urandom(_KEY).hex().encode() + b"\n", private=True)
    _sync(path.parent)


def _read_key(path: Path) -> bytes:
    try:
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise Unreadable(
                Problem(
                    UNREADABLE,
                    Text("Người khác trên máy này có thể đọc tệp khóa", "Others on this machine can read the key"),
                    Text(f"Chạy: chmod 600 {path}", f"Run: chmod 600 {path}"),
                    Place(str(path)),
                )
            )
        secret = bytes.fromhex(path.read_text("ascii").strip())
        if len(secret) == _KEY:
            return secret
    except (OSError, ValueError):
        pass
    raise Unreadable(
        Problem(
            UNREADABLE,
            Text(
                "Không đọc được khóa của bàn thẩm định, nên không mở được các tệp đã lưu",
                "The key of the desk can't be read, so its files can't be opened",
            ),
            Text(
                "Chép khóa từ nơi cất giữ về đúng chỗ này, hoặc chỉ rõ bằng --key; không tạo khóa mới thay thế",
                "Put the key back from where it is kept safe, or name it by --key; do not make another",
            ),
            Place(str(path)),
        )
    )


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), _KEY, None, purpose).derive(secret)


def _sync(folder: Path) -> None:
    """See to it that the name of a new file, too, is on the disk."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
