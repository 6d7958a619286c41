"""Pages of those who run the installation: the team, keys, webhooks, what leaves and comes in, backups, and who did what."""
