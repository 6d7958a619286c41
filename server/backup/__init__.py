"""Makes backups of a store in use and restores them whole; after a restore the workers wait for a person's decision.

`creation` writes an archive, `restoration` makes a store of one, `held_work` counts the work due at the backup and releases or
drops it.
"""
