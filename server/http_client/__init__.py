"""Calls servers of other people, the only way out for such calls; refuses addresses of private networks."""
