"""What tests ask of judging processes; each process imports this, and nothing that a test needs."""

import os
import signal
import time


def nothing() -> bytes:
    return b""


def own_number() -> bytes:
    return str(os.getpid()).encode()


def die() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def loop() -> bytes:
    while True:
        pass


def fill() -> bytes:
    kept = [b"x" * (1 << 20) for _ in range(400)]
    time.sleep(30)
    return bytes(len(kept))


def fail() -> bytes:
    raise ValueError("Nguyễn Văn An")


def slow_start() -> bytes:
    end = time.process_time() + 1
    while time.process_time() < end:
        pass
    return b""


def slowly(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"done"
