"""Agreement with the hand-coded article: the floors of the project, and that the measure itself can fail."""

import pandas as pd
import pytest

from helpers import agreement, scoring

FLOORS = {  # F1 of all that counts: quantities and targets with all fields right, the others as found
    "quantities": ("all_right_f1", 0.96),
    "targets": ("all_right_f1", 0.93),
    "directives": ("f1", 0.93),
    "said": ("f1", 1.0),
    "implied": ("f1", 0.80),
    "actors": ("f1", 0.95),
}


@pytest.mark.parametrize("kind", FLOORS)
def test_the_seed_is_read_as_the_coder_read_it(seed_tables, gold, kind: str) -> None:
    figure, floor = FLOORS[kind]
    assert agreement.summary(agreement.against(seed_tables, gold)).loc[kind, figure] >= floor


def test_parents_of_the_seed(seed_tables, gold) -> None:
    assert agreement.fields(agreement.against(seed_tables, gold)).loc["directives", "parent_f1"] >= 0.85


def test_a_wrong_role_costs_the_quantity_and_is_listed_with_its_sentence(seed, seed_tables, gold) -> None:
    amounts = seed_tables["quantities"].copy()
    amounts.loc[amounts["text"] == "近九成", "role"] = "target"
    results = agreement.against({**seed_tables, "quantities": amounts}, gold)
    whole = agreement.summary(agreement.against(seed_tables, gold)).loc["quantities"]
    assert agreement.summary(results).loc["quantities", "all_right_f1"] < whole["all_right_f1"]
    errors = agreement.errors(results, seed)
    row = errors[errors["what"] == "role: target ≠ status"].iloc[0]
    assert row["error"] == "differs" and "【近九成】" in row["sentence"]


def test_a_row_too_many_and_a_row_too_few(seed, seed_tables, gold) -> None:
    goals = seed_tables["goals"].iloc[1:]
    extra = seed_tables["actors"].iloc[[0]].assign(start=0, end=1, raw_start=6, raw_end=7)
    results = agreement.against(
        {**seed_tables, "goals": goals, "actors": pd.concat([seed_tables["actors"], extra])}, gold
    )
    errors = agreement.errors(results, seed)
    assert (errors["table"].eq("directives") & errors["error"].eq("missed")).sum() >= 1
    assert (errors["table"].eq("actors") & errors["error"].eq("not coded")).sum() >= 1


def test_overlap_and_likeness_by_hand() -> None:
    a, b = {"start": 0, "end": 10}, {"start": 5, "end": 10}
    assert scoring.overlap(a, b) == 0.5 and scoring.overlap(a, {"start": 10, "end": 12}) == 0
    assert scoring.alike("居民收入", "居民收入") == 1 and scoring.alike(None, "收入") == 0
    assert scoring.f1(8, 10, 16) == (0.8, 0.5, pytest.approx(8 / 13))
