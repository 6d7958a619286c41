"""Reads incoming mail: a reply, reaction or calendar's reply becomes an answer if its sender's domain signed it (DKIM).

Read `receive` first. Bounces and complaints are not read yet.
"""
