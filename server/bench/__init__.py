"""Measures Acto on this machine; each measurement prints its baseline from the same run."""
