"""A store is backed up and restored under load, with kills in the middle of both; then it is looked at what was lost or told twice."""
