"""Plays a week of a small company for the demo, so that each page has data: invented people, real mail, the real endpoints."""
