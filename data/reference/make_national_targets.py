"""Make `national_targets.tsv`: the targets with an amount that the reports of the State Council set, as our rules read them.

    python data/reference/make_national_targets.py FOLDER

FOLDER holds the reports, a file a year whose name ends in the year (gwr_cn_2025.txt). They may not be kept here; what
they aim at are figures, and only figures are kept: the year, the indicator under its common name, the number. Rows are
as good as the rules are: no hand has touched them.
"""

import sys
import tempfile
from pathlib import Path

from helpers import comparing, corpus

TO = Path(__file__).with_name("national_targets.tsv")
COLUMNS = ["doc", "place", "measure", "change", "unit", "year", "own", "low", "high", "comparator"]


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as to:
        corpus.analyse(sorted(folder.glob("gwr_cn_*.txt")), to)
        about = comparing.describe(corpus.table(to, "documents")).assign(place="全国")
        about["year"] = about["doc"].str.slice(-4).astype(int)
        found = comparing.targets(corpus.table(to, "goals"), about)
    known = found[found["measure"].isin(comparing.indicators().glosses)]
    known[COLUMNS].to_csv(TO, sep="\t", index=False, lineterminator="\n", float_format="%.12g")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
