"""Word lists are data: this room loads `data/lexicon/` and checks it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import yaml

DATA: Final = Path(__file__).resolve().parent.parent / "data"
_PATTERN: Final = re.compile(r"[*?|^$\\\[\]{}]|(?<!\d)\.|\.(?!\d)|\)\+")  # 互联网+ and 工业4.0 are terms
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_BREAK: Final = re.compile(r"\s")


class LexiconError(Exception):
    """A lexicon file that cannot be used: names the file, the entry and what to do."""

    def __init__(self, file: Path | str, key: str, reason: str, remedy: str) -> None:
        super().__init__(f"{Path(file).name}: {key}: {reason}. {remedy}")
        self.file, self.key, self.reason, self.remedy = str(file), key, reason, remedy


@dataclass(frozen=True, slots=True)
class Term:
    """`gloss`: in English; `reason`: why the term is in the lexicon (the heading that it stands under)."""

    gloss: str
    reason: str


@dataclass(frozen=True)
class Lexicon:
    """Terms with gloss and reason, stopwords, and (read when first asked for) the themes."""

    terms: Mapping[str, Term]
    stopwords: frozenset[str] = frozenset()
    folder: Path = field(default=DATA / "lexicon", repr=False)

    def __reduce__(self) -> tuple[type["Lexicon"], tuple[dict[str, Term], frozenset[str], Path]]:
        return Lexicon, (dict(self.terms), self.stopwords, self.folder)

    @cached_property
    def themes(self) -> Mapping[str, Any]:
        """The content of `themes.yaml` as it stands there, checked by `read_yaml`.

        Raises `LexiconError` where the file is missing.
        """
        return self.theme_file("themes")

    def theme_file(self, name: str) -> Mapping[str, Any]:
        """The content of `<name>.yaml` of this lexicon's folder. Raises `LexiconError` where there is none."""
        return read_yaml(self.folder / f"{name}.yaml")

    def gloss(self, word: str) -> str:
        """English for a term; the empty string for a word that is none."""
        return self.terms[word].gloss if word in self.terms else ""


@cache
def words(name: str) -> frozenset[str]:
    """The lines of `data/lexicon/<name>.txt`; empty lines and those that begin with # are left out."""
    return _lines(DATA / "lexicon" / f"{name}.txt")


@cache
def glosses() -> Mapping[str, str]:
    """English for the clauses and labels that the figures show, from `data/lexicon/glosses.tsv`.

    >>> glosses()["全面突破"]
    'broken through on all fronts'
    """
    lines = (DATA / "lexicon" / "glosses.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return MappingProxyType(dict(line.split("\t") for line in lines if line))


def load(folder: Path | None = None) -> Lexicon:
    """The lexicon of a folder that holds `terms.yaml`, and may hold `stopwords.txt` and `themes.yaml`.

    Raises `LexiconError` where a file is missing, no YAML, or holds a cyclic, duplicate or empty entry or one that is
    a pattern.

    >>> lexicon = load()
    >>> lexicon.terms["县域经济"].gloss, "的" in lexicon.stopwords
    ('county economy', True)
    """
    folder = DATA / "lexicon" if folder is None else Path(folder)
    terms = read_terms(folder / "terms.yaml")
    stopwords = folder / "stopwords.txt"
    return Lexicon(terms, _lines(stopwords) if stopwords.exists() else frozenset(), folder)


def read_terms(path: Path) -> Mapping[str, Term]:
    """The terms of one file in the YAML form of quanteda's `dictionary()`: reason → gloss → list of Chinese terms.

    Terms under one gloss are its spellings. A term with brackets is entered in both their widths, 县(市) and 县（市）.
    """
    out: dict[str, Term] = {}
    for reason, glosses in read_yaml(path).items():
        if not isinstance(glosses, Mapping):
            raise LexiconError(path, reason, "no map from gloss to terms", "Write it as gloss: [term, …]")
        for gloss, terms in glosses.items():
            if not isinstance(terms, list):
                raise LexiconError(path, f"{reason} / {gloss}", "no list of terms", "Write it as gloss: [term, …]")
            for term in terms:
                _check(path, f"{reason} / {gloss}", term)
                for spelling in {term, _narrow(term), _wide(term)}:
                    if spelling in out:
                        first = out[spelling]
                        where = f"also under {first.reason} / {first.gloss}"
                        raise LexiconError(path, f"{reason} / {gloss}", f"duplicate term {term}, {where}", "Keep one")
                    out[spelling] = Term(gloss, reason)
    return MappingProxyType(out)


def read_yaml(path: Path) -> Mapping[str, Any]:
    """A YAML file whose top is a map: no key twice in one map, no cycle, no empty text.

    Raises `LexiconError`; for a file that is missing it names those that are there.
    """
    if not path.exists():
        there = ", ".join(sorted(p.name for p in path.parent.glob("*.yaml"))) or "none"
        raise LexiconError(path, path.stem, "no such lexicon file", f"Files in its folder: {there}")
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), _loader(path))
    except (yaml.YAMLError, UnicodeDecodeError) as e:
        mark = getattr(e, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "the file"
        raise LexiconError(path, where, f"no YAML ({getattr(e, 'problem', None) or e})", "Mend the line") from e
    if not isinstance(content, dict) or not content:
        raise LexiconError(path, "the file", "no map at its top", "Write it as key: value")
    for key, value in _leaves(path, content, "", ()):
        if value is None or (isinstance(value, str) and not value.strip()):
            raise LexiconError(path, key, "empty entry", "Fill it or take it out")
    return content


def _lines(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _check(path: Path, key: str, term: object) -> None:
    if not isinstance(term, str):
        raise LexiconError(path, key, f"{term!r} is no text", "Put it in quotation marks")
    if _PATTERN.search(term):
        raise LexiconError(path, key, f"{term} is a pattern", "Terms are literal: list each form that is meant")
    if _BREAK.search(term) or len(_HAN.findall(term)) < 2:
        raise LexiconError(path, key, f"{term!r} is no term", "A term has two Chinese characters or more and no blank")


def _narrow(term: str) -> str:
    return term.replace("（", "(").replace("）", ")")


def _wide(term: str) -> str:
    return term.replace("(", "（").replace(")", "）")


def _leaves(path: Path, node: object, key: str, above: tuple[int, ...]) -> Iterator[tuple[str, object]]:
    """Every value that is neither map nor list, with the way to it; a node that holds itself is an error."""
    if not isinstance(node, (dict, list)):
        yield key, node
        return
    if id(node) in above:
        raise LexiconError(path, key, "the entry holds itself", "Take the alias (*name) out of its own anchor (&name)")
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for name, value in items:
        yield from _leaves(path, value, f"{key} / {name}" if key else str(name), (*above, id(node)))


def _loader(path: Path) -> type[yaml.SafeLoader]:
    """A safe loader that reports a key written twice, which YAML readers else overwrite without a word."""

    class Loader(yaml.SafeLoader):
        pass

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Iterator[dict[Any, Any]]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = loader.construct_object(key_node, deep=True)
            if isinstance(key, (dict, list)) or key in seen:
                line = key_node.start_mark.line + 1
                raise LexiconError(path, str(key), f"key written twice (line {line})", "Join the two entries")
            seen.add(key)
        out: dict[Any, Any] = {}
        yield out
        out.update(loader.construct_mapping(node))

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    return Loader
