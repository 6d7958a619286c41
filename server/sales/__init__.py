"""What sales does with leads: a list worth opening, who owns which, the next step, notes, won or lost."""
