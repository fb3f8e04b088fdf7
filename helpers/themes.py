"""Where a text speaks of the new development philosophy (新发展理念) and its five concepts: coded mentions, statements."""

from dataclasses import dataclass
from typing import Any

from helpers.document import Document


@dataclass(frozen=True, slots=True)
class Mention:
    """One place that speaks of a concept (or, `excluded`, only seems to).

    `concept`: 新发展理念 创新 协调 绿色 开放 共享; `kind`: named · statement · keyword · indicator · excluded.
    """

    concept: str
    kind: str
    rule: str
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A concept with its trend (创新发展的进程越来越快) and what it requires (必须更加注重动能转换; emphasis 动能转换)."""

    concept: str
    trend: str
    requirement: str
    emphasis: str
    start: int
    end: int


def code(document: Document, lexicon: Any = None) -> list[Mention]:
    """All mentions of a document in order of place."""
    return []


def statements(document: Document, lexicon: Any = None) -> list[Statement]:
    """The concepts of a document with trend and requirement."""
    return []
