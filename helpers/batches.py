"""Many documents in batches: which files, which batches, and what one batch writes. Nothing here knows who runs it."""

import ast
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from helpers import files, tables
from helpers.document import Document, DocumentError, read
from helpers.lexicon import DATA
from helpers.tables import Reading
from helpers.words import Segmenter

LARGEST: Final = 5_000_000  # characters; the national reports of seventy years together have two million
SIZE: Final = 400_000  # bytes of text that a batch has on the average
_MOST: Final = 4 * SIZE  # … and at most, unless one document alone has more
_EACH: Final = 2_000  # bytes that a document counts more than it has: opening it costs, too
# libraries on which the tables hang: engines, and what opens a file, which may be absent
_DECIDING: Final = (
    *("ahocorasick-rs", "beautifulsoup4", "charset-normalizer", "cn2an", "numpy", "opencc", "pyarrow", "pypdf"),
    *("python-docx", "pyyaml", "rjieba"),
)
_ASIDE: Final = frozenset({"glosses.tsv", "indicators.yaml", "README.md"})  # of the word lists: no table needs them
_HERE: Final = Path(__file__).resolve().parent

# beside the tables of one document: what was read, and what could not be
OWN: Final = {
    "documents": pa.schema(
        [
            *((c, pa.string()) for c in ("doc", "path", "sha256", "title", "kind", "issuer", "date", "dated")),
            *((c, pa.int64()) for c in ("characters", "repairs")),
        ]
    ),
    "errors": pa.schema([(c, pa.string()) for c in ("doc", "path", "sha256", "reason")]),
}
NAMES: Final = (*tables.COLUMNS, *OWN)


@dataclass(frozen=True, slots=True)
class Source:
    """A file: `path` to open it, `shown` as the tables name it, `fault` where it is known not to be readable."""

    doc: str
    path: str
    shown: str
    size: int
    sha256: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Documents that are read together. `key` stands for all that decides what is written: texts, rules, options."""

    key: str
    rules: str
    sources: tuple[Source, ...]
    simplify: bool = False

    @property
    def size(self) -> int:
        return sum(s.size for s in self.sources)


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch wrote: documents, those among them that failed, the bytes of each file by table, and the time limit
    where a document took longer: a higher one is worth another run.
    """

    key: str
    documents: int
    failed: int
    files: dict[str, int]
    limit: float = 0


def sources(paths: Iterable[Path]) -> Iterator[Source]:
    """The texts of files and folders, each with the digest of its bytes; two of one name cannot share `doc`, and both
    carry a fault.
    """
    found: dict[str, list[tuple[Path, Path]]] = {}
    for path in paths:
        folder = path.is_dir()
        for p in files.texts(path)[0] if folder else [path]:
            found.setdefault(_name(p.stem), []).append((p, p.relative_to(path) if folder else Path(p.name)))
    for doc in sorted(found):
        same = sorted(dict.fromkeys((p.resolve(), shown) for p, shown in found[doc]))
        fault = f"another file is also called {doc}. Rename one of them" if len({p for p, _ in same}) > 1 else ""
        for path, shown in same if fault else same[:1]:
            try:
                with path.open("rb") as file:
                    digest, size = hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size
                yield Source(doc, str(path), _name(shown.as_posix()), size, digest, fault)
            except OSError as e:
                why = f"{e.strerror or e}. Check the path and the rights on it"
                yield Source(doc, str(path), _name(shown.as_posix()), 0, "", why)


def _name(name: str) -> str:
    """A file's name as text: bytes of it that are no UTF-8 become �."""
    return os.fsencode(name).decode("utf-8", "replace")


def plan(found: Iterable[Source], *, simplify: bool = False) -> list[Batch]:
    """The sources in batches. Where one ends hangs on the name and size of its last document alone, so that a file
    that is added or changed remakes its own batch and leaves all others as they are.
    """
    out: list[Batch] = []
    group: list[Source] = []
    weight = 0
    for source in found:
        if group and weight + source.size + _EACH > _MOST:
            out.append(_batch(group, simplify))
            group, weight = [], 0
        group.append(source)
        weight += source.size + _EACH
        lot = int.from_bytes(hashlib.sha256(source.doc.encode()).digest()[:8]) / 2**64
        if lot < (source.size + _EACH) / SIZE:
            out.append(_batch(group, simplify))
            group, weight = [], 0
    return [*out, _batch(group, simplify)] if group else out


def _batch(group: Sequence[Source], simplify: bool) -> Batch:
    content = [(s.doc, s.shown, s.sha256, s.fault) for s in group]
    said = json.dumps([rules(), simplify, content], ensure_ascii=True)
    return Batch(hashlib.sha256(said.encode()).hexdigest()[:24], rules(), tuple(group), simplify)


@cache
def rules() -> str:
    """A digest of all that decides what a text's tables are: the rooms they need, the word lists, the engines."""
    rooms, todo = set(), ["batches"]
    while todo:
        room = todo.pop()
        if room not in rooms:
            rooms.add(room)
            todo += _uses(_HERE / f"{room}.py")
    deciding = [_HERE / f"{room}.py" for room in sorted(rooms)]
    deciding += sorted(p for folder in ("lexicon", "reference") for p in (DATA / folder).iterdir() if p.is_file())
    digest = hashlib.sha256("\n".join(f"{name} {_version(name)}" for name in _DECIDING).encode())
    for path in (p for p in deciding if p.name not in _ASIDE):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _uses(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            yield str(node.module).split(".")[1]


def done(batch: Batch, to: Path) -> Done | None:
    """What an earlier run wrote of this batch, where all of it is still there."""
    try:
        it = Done(**json.loads(marker(batch.key, to).read_text(encoding="utf-8")))
        same = all(part(name, batch.key, to).stat().st_size == it.files[name] for name in NAMES)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return it if same else None


def part(name: str, key: str, to: Path) -> Path:
    """Where a batch's rows of a table stand."""
    return to / name / f"part-{key}.parquet"


def marker(key: str, to: Path) -> Path:
    """The file that says that a batch is done; it is written last."""
    return to / ".batches" / f"{key}.json"


def write(
    batch: Batch, to: Path, readings: Sequence[Reading], errors: Sequence[tuple[Source, str]], limit: float = 0
) -> Done:
    """Put the tables of a batch at their places, each file whole or not at all, and say so last."""
    known = {s.doc: s for s in batch.sources}
    readings, more, made = _tabled(readings)
    errors = sorted([*errors, *((known[d.name], why) for d, why in more)], key=lambda e: (e[0].doc, e[0].shown))
    made["documents"] = _own("documents", (_facts(r.document, known[r.document.name]) for r in readings))
    made["errors"] = _own("errors", ((s.doc, s.shown, s.sha256, why) for s, why in errors))
    sizes = {}
    for name in NAMES:
        out = pa.BufferOutputStream()
        pq.write_table(made[name].combine_chunks(), out, compression="zstd")
        data = out.getvalue()
        files.whole(part(name, batch.key, to), data)
        sizes[name] = data.size
    it = Done(batch.key, len(batch.sources), len(errors), sizes, limit)
    files.whole(marker(batch.key, to), json.dumps(asdict(it)).encode())
    return it


def _tabled(readings: Sequence[Reading]) -> tuple[Sequence[Reading], list[tuple[Document, str]], dict[str, pa.Table]]:
    """The tables of several readings; where one of them cannot be made into tables, the others', and which it was."""
    try:
        return readings, [], tables.of_many(readings, segmenter())
    except Exception as e:
        if len(readings) == 1:
            return [], [(readings[0].document, fault(e))], tables.of_many([], segmenter())
    each = [_tabled([reading]) for reading in readings]
    made = {name: pa.concat_tables([m[name] for _, _, m in each]) for name in tables.COLUMNS}
    return [r for kept, _, _ in each for r in kept], [e for _, wrong, _ in each for e in wrong], made


def reading(source: Source, *, simplify: bool) -> Reading:
    """Read one file. Raises `DocumentError` where it is no text or too large, and whatever a fault of a rule raises."""
    if source.fault:
        raise DocumentError(source.path, *source.fault.split(". ", 1))
    if source.path.lower().endswith((".txt", ".md")) and source.size > 4 * LARGEST:
        raise _too_large(source, f"{source.size:,} bytes")
    document = read(source.path, simplify=simplify, name=source.doc)
    if len(document.text) > LARGEST:
        raise _too_large(source, f"{len(document.text):,} characters")
    return tables.read(document)


def _too_large(source: Source, size: str) -> DocumentError:
    return DocumentError(source.path, f"{size}, more than one document can have", "Split it into its documents")


def fault(e: Exception) -> str:
    """Why a document is not in the tables, in words and without a machine's path."""
    if isinstance(e, DocumentError):
        return f"{e.reason}. {e.remedy}"
    return f"{type(e).__name__}: {e}. A fault of this program: report it with the text"


@cache
def segmenter() -> Segmenter:
    """The segmenter of a process: loading its dictionary costs more than a document."""
    return Segmenter()


def _facts(d: Document, source: Source) -> tuple[Any, ...]:
    day, dated = d.dated
    said = (d.title or None, d.kind, d.issuer or None, day and day.isoformat(), dated)
    return d.name, source.shown, source.sha256, *said, len(d.text), len(d.repairs)


def _own(name: str, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    rows = list(rows)
    columns = zip(*rows, strict=True) if rows else ([] for _ in OWN[name])
    arrays = [pa.array(column, field.type) for column, field in zip(columns, OWN[name], strict=True)]
    return pa.Table.from_arrays(arrays, schema=OWN[name])
