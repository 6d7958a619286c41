"""End to end: the real server, the real worker, real SMTP and a real browser, on both engines."""
