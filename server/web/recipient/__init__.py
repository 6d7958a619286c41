"""Pages and channel endpoints that a recipient reaches by a token alone: no session, no cookie that grants anything."""
