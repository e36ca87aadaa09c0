"""Rules as data, judged on the facts of a page."""

from __future__ import annotations

from checker.engine.judge import Judgement, judge
from checker.engine.load import load
from checker.engine.plan import Plan, plan
from checker.engine.rule import Authority, Example, Profile, Rule, Rules

__all__ = ["Authority", "Example", "Judgement", "Plan", "Profile", "Rule", "Rules", "judge", "load", "plan"]
