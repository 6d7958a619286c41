"""Qualifies leads from answers: interest, need and urgency, a stage, and a sentence as the reason for every point."""
