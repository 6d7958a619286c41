"""Sequences of whatever may happen to one mail, against a model so simple that it is plainly right."""
