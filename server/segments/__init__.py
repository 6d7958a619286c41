"""Selects contacts by rules: conditions on fields, tags, answers, stage and behaviour, joined by all, any and not; saved by name."""
