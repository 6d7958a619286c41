"""The one door through which Acto calls servers of others; what it may not reach, it does not connect to."""
