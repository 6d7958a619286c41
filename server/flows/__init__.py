"""What an answer sets off: rules, planned in its transaction and carried out by a worker. Read `table` first, then `planning`."""
