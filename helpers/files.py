"""Write tables to files that open anywhere: whole or not at all, the same bytes for the same table."""

import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow as pa

from helpers import decode

_FORMULA: Final = re.compile(r"[=+\-@\t\r](?!\Z)")  # a lone sign is text to every spreadsheet
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in an .xlsx cell
_EPOCH: Final = datetime(2020, 1, 1)


def texts(folder: Path) -> tuple[list[Path], list[Path]]:
    """The texts of a folder and of the folders in it, in order, and the files that are none; hidden ones are neither."""
    seen = (p for p in sorted(folder.rglob("*")) if p.is_file())
    seen = [p for p in seen if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    return [p for p in seen if _text(p)], [p for p in seen if not _text(p)]


def _text(path: Path) -> bool:
    return path.suffix.lower() in decode.FORMATS


def safe(value: object) -> object:
    """A cell that a spreadsheet would take for a formula gets an apostrophe in front.

    >>> safe("=HYPERLINK(1)"), safe("="), safe("增长6%以上"), safe(-3)
    ("'=HYPERLINK(1)", '=', '增长6%以上', -3)
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def plain(cell: str) -> str:
    """What a cell said before `safe`: a negative number is one again.

    >>> plain("'-3"), plain("'一带一路'")
    ('-3', "'一带一路'")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def write(tables: Mapping[str, pd.DataFrame], folder: Path, form: str = "csv") -> list[Path]:
    """Write each table to `folder/<name>.<form>` (csv, parquet or xlsx); give the paths.

    Raises OSError where the folder cannot be written; a file that stood there stays whole in that case.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.{form}" for name in tables]
    for path, table in zip(paths, tables.values()):
        whole(path, FORMATS[form](table))
    return paths


def whole(path: Path, data: bytes | pa.Buffer) -> None:
    """Put `data` at `path` in one step, through a file beside it. Raises OSError; what stood there then stays."""
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, path)
    except BaseException:
        os.unlink(part)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _csv(table: pd.DataFrame) -> bytes:
    """With a byte-order mark, so that Excel reads it as UTF-8; numbers without trailing zeros."""
    text = table.map(safe).to_csv(index=False, lineterminator="\n", float_format="%.15g")
    return text.encode("utf-8-sig")


def _parquet(table: pd.DataFrame) -> bytes:
    out = BytesIO()
    table.to_parquet(out, index=False)
    return out.getvalue()


def _xlsx(table: pd.DataFrame) -> bytes:
    """One sheet, its header frozen; the times inside the file are fixed so that the same table gives the same bytes."""
    out = BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as writer:
        clean = table.map(lambda v: _ILLEGAL.sub("\ufffd", v) if isinstance(v, str) else v)
        clean.map(safe).to_excel(writer, index=False, freeze_panes=(1, 0))
        writer.book.properties.created = writer.book.properties.modified = _EPOCH
    again = BytesIO()
    with zipfile.ZipFile(out) as source, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), data)
            target.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return again.getvalue()


FORMATS: Final[Mapping[str, Callable[[pd.DataFrame], bytes]]] = {"csv": _csv, "parquet": _parquet, "xlsx": _xlsx}
