"""Prepares the previews of an email: the look of each format for its recipient, and the reasons why a format is sent or not."""
