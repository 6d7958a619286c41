"""Measurements of Acto on this machine; each prints its baseline from the same run."""
