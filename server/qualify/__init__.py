"""From answers to leads: interest, need and urgency, a stage, and the sentence behind every point."""
