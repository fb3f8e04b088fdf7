"""What a reader sees as a target: one that somebody could check. The others name a result."""

import pandas as pd


def shown(goals: pd.DataFrame) -> pd.DataFrame:
    """The table with the kind that figures, menus and readings show: a `target` without an indicator, that is without
    date, amount or comparison, is a `result` that nobody could check.

    >>> both = {"text": ["森林覆盖率达到25%", "形成新格局"], "kind": ["target"] * 2, "indicator": ["森林覆盖率", None]}
    >>> shown(pd.DataFrame(both))["kind"].tolist()
    ['target', 'result']
    """
    vague = (goals["kind"] == "target") & goals["indicator"].isna()
    return goals.assign(kind=goals["kind"].mask(vague, "result"))
