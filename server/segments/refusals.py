"""Lists the sentences that refuse a rule or a segment. This file imports nothing of Acto."""

from __future__ import annotations

PROBLEMS = {  # of a rule
    "form": "A rule is a condition, or one of all, any and not with conditions in it. This is neither: {value}",
    "unknown": "There is no condition “{value}”. Use one of {names}.",
    "nodes": "The rule has more than {most} conditions and groups. Divide it, or leave some out.",
    "depth": "The rule has groups in groups more than {most} deep. Move some of them up.",
    "missing": "The condition “{label}” lacks “{field}”. Choose one.",
    "wrong": "In the condition “{label}”, “{value}” cannot be used as “{field}”.",
    "extra": "The condition “{label}” has no “{value}”.",
}
SAVING = {  # of a segment
    "no_name": "Write a name, so that the segment can be found again.",
    "long_name": "The name is longer than {most} characters. Shorten it.",
    "name_taken": "There is a segment “{name}” already. Choose another name.",
    "gone": "There is no such segment any more.",
    "used": "The segment is used by {users}. Choose other people there first, or archive the segment.",
}
CAMPAIGN, FLOW = "the campaign with the email “{name}”", "the flow “{name}”"
