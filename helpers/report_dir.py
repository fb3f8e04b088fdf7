"""The folder of a report: of which text it is, what was written there, and what somebody changed in it since."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from helpers import correction_edits, files
from helpers import correction_lines as lines
from helpers import corrections as hand
from helpers.correction_edits import AS_WRITTEN
from helpers.document import Document
from helpers.report_rows import counted

FOLDER: Final = Path("../reports")  # beside notebooks/
_TEXT: Final = "text.sha256"  # in `.as-written`: the text that was read
_UNFINISHED: Final = "unfinished"  # behind it while the tables are being written


def of(name: str, folder: Path | str = "") -> Path:
    """The folder of the report of a text, also for its notebook that is run again where it stands."""
    here = FOLDER.name if Path.cwd().parent.name == FOLDER.name else ""
    return (Path(folder) if str(folder) else Path("..") if here else FOLDER) / name


def same_text(document: Document, tables: Path) -> None:
    """Raises `CorrectionError` where the tables in a folder are those of another text that has the same name."""
    known = _known(tables)
    if known and known[0] != _digest(document):
        problem = f"these are the tables of another text that is called {document.name} too"
        remedy = (
            f"Rename one of the two; or, if this is the same text, put right since, remove reports/{document.name}/"
        )
        raise lines.CorrectionError(str(tables), None, problem, remedy)


def _digest(document: Document) -> str:
    return hashlib.sha256(document.raw.encode("utf-8", "surrogatepass")).hexdigest()


def _known(tables: Path) -> list[str]:
    path = tables / AS_WRITTEN / _TEXT
    return path.read_text(encoding="ascii").split() if path.exists() else []


def taken_over(
    document: Document,
    read: Mapping[str, pd.DataFrame],
    edited: Path | str = "",
    *,
    folder: Path | str = "",
    to: Path | str = lines.FOLDER,
) -> list[lines.Correction]:
    """What an analyst changed in exported tables, now lines of `data/corrections/<doc>.csv`.

    `edited` is a folder of them; without one the tables of the last report are looked at, if there is one. `read` are
    the tables by rule. Raises `CorrectionError` where a cell cannot be right or the tables are those of another text;
    nothing is taken over then: all is applied and scored before a line is put on file.
    """
    tables = Path(edited) if str(edited) else of(document.name, folder) / "tables"
    written = (tables / AS_WRITTEN).exists()
    if not str(edited) and (not written or _UNFINISHED in _known(tables)):
        return []
    same_text(document, tables)
    found = correction_edits.of_folder(tables, document.name, read)
    on_file = lines.load(document.name, to)
    if not written:  # compared with the rules each time anew
        known = [replace(c, line=0, source="") for c in on_file]
        found = [c for c in found if replace(c, line=0, source="") not in known]
    if found:
        corrected = hand.apply(document, read, [*on_file, *found])
        refused = [e for i, e in corrected.refused.items() if i >= len(on_file)]
        if refused:
            raise refused[0]
        hand.score(corrected)
        hand.as_gold(corrected, document.name)
        lines.append(document.name, found, to)
    for path in (tables / f"{name}.csv" for name in lines.CORRECTABLE if written):
        if path.exists():  # what stands there is on file now, and may be written over
            files.whole(tables / AS_WRITTEN / path.name, path.read_bytes())
    return found


def told(corrected: hand.Corrected, taken: Sequence[lines.Correction] = ()) -> str:
    """What was by rule and what by hand, and which lines of corrections found no row, in words."""
    tables = [corrected.tables[n] for n in lines.CORRECTABLE]
    by = pd.concat([t["by"] for t in tables])
    done = corrected.log["result"].eq(hand.DONE)
    dropped = int((done & corrected.log["action"].eq("drop")).sum())
    looked = f"{sum(map(hand.looked_at, by))} looked at by hand" + (f", {dropped} dropped" if dropped else "")
    out = [f"{counted(int((by == hand.BY_RULE).sum()), 'row')} by rule, {looked}."]
    if taken:
        now = "is now a line" if len(taken) == 1 else "are now lines"
        out.append(f"{counted(len(taken), 'change')} in your tables {now} of data/corrections/.")
    if carried := int(by.str.startswith(hand.CARRIED).sum()):
        follows = "goal follows" if carried == 1 else "goals follow"
        out.append(f"{carried} {follows} what you put right in other tables.")
    failed = corrected.log[~done]
    out += [f"Not done: {r.table}, {r.action} “{r.text}”: {r.result}." for r in failed.itertuples()]
    if not len(corrected.log):
        out.append("No corrections are applied, so the rules are not measured on this text.")
    return "\n".join(out)


def write(document: Document, corrected: hand.Corrected, to: Path) -> None:
    """Write all tables to `to/tables/`, and `gold.json` where there are corrections; each file whole or not at all.

    A table that somebody changed and that was not taken over stays as it is. Raises OSError where the folder cannot be
    written, `CorrectionError` where it holds the report of another text.
    """
    tables = to / "tables"
    same_text(document, tables)
    changed = _changed(tables)
    kept = tables / AS_WRITTEN
    kept.mkdir(parents=True, exist_ok=True)
    files.whole(kept / _TEXT, f"{_digest(document)} {_UNFINISHED}\n".encode())
    files.write({n: t for n, t in corrected.tables.items() if n not in changed}, tables)
    files.write({n: corrected.tables[n] for n in lines.CORRECTABLE if n not in changed}, kept)
    if len(corrected.log):
        gold = json.dumps(hand.as_gold(corrected, document.name), ensure_ascii=False, indent=1, default=str)
        files.whole(to / "gold.json", f"{gold}\n".encode())
    else:
        (to / "gold.json").unlink(missing_ok=True)
    files.whole(kept / _TEXT, f"{_digest(document)}\n".encode())


def _changed(tables: Path) -> set[str]:
    """The tables that somebody changed since they were written."""
    if _UNFINISHED in _known(tables):
        return set()
    pairs = {n: (tables / f"{n}.csv", tables / AS_WRITTEN / f"{n}.csv") for n in lines.CORRECTABLE}
    there = {n: pair for n, pair in pairs.items() if all(p.exists() for p in pair)}
    return {n for n, (now, then) in there.items() if now.read_bytes() != then.read_bytes()}
