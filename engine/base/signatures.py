"""Signatures (Ed25519, RFC 8032): whether one holds, and how people tell one key from another. Both need `cryptography`."""

import hashlib


def signed_by(public_key: bytes, signature: str, content: bytes) -> bool:
    """Whether the signature (hexadecimal digits) is that of the key's owner on the content; a public key has 32 bytes."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public_key: bytes) -> str:
    """By which people know a key, and can read it out: the beginning of its SHA-256, eight groups of four digits."""
    digits = hashlib.sha256(public_key).hexdigest()[:32]
    return " ".join(digits[start : start + 4] for start in range(0, len(digits), 4))
