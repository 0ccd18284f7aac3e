"""What the processes of `test_processes` do. Each of them imports it, so it imports no more than keyview."""

from __future__ import annotations

from operator import add

from keyview import HashMap

TEXT = [
    "to",
    "be",
    "or",
    "not",
    "to",
    "be",
    "that",
    "is",
    "the",
    "question",
    "whether",
    "it",
    "is",
    "nobler",
    "in",
    "the",
    "mind",
    "to",
    "suffer",
]
CHUNKS = [TEXT[start : start + 5] for start in range(0, len(TEXT), 5)]


def counted(words: list[str]) -> HashMap[str, int]:
    return HashMap.counted(words)


def merged(parts: list[HashMap[str, int]]) -> HashMap[str, int]:
    return HashMap.merged(parts, add)


def grouped(words: list[str]) -> HashMap[int, list[str]]:
    return HashMap.grouped((len(word), word) for word in words)
