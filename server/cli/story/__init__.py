"""A played week of a small company, so that each page shows what it is for: invented people, real mail, the real endpoints."""
