"""Pages of those who write and send: emails, reports, flows, and the scoring model."""
