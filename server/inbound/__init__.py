"""Mail that comes back: a reply, a reaction or a calendar's answer becomes an answer, if its sender's domain vouches for it.

Read `receive` first. Bounces and complaints are not read yet.
"""
