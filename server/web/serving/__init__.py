"""Serves requests in front of Flask, because the busiest paths need neither a session nor a page of their own.

A campaign of ten thousand mails opens ten thousand answer pages within minutes, and almost all of them are one page with another token.
Flask takes three times as long for such a page as a small WSGI application, and a thread for every answer that waits for its commit. So:

- `gateway` speaks Granian's protocol on the event loop and reads a request whole before it gives a thread to it, so that a slow sender
  holds up nobody. `shutdown` ends it within a second of SIGTERM; `request_log` writes a line for each request, without personal data.
- `answer_fast_path` takes the three requests that make up the load (an answer from our page's script, the same as a form, and the link
  of a mail) and hands everything else on to Flask. `cached_answer_page` fills a copy from `page_cache` for the link of a mail.
- `loop_completions` brings the commits of the store's writer back to the event loop, one wake-up for a group, so that an answer holds no
  thread while it waits for the disk. `deadline` is one timer for all that wait equally long.
- `hosts` refuses what is no host name, before anything is made of it.

Flask needs some of their parts too, so these stand one level up: `page_cache`; `uniform_delay`, which answers a link that leads nowhere
after the same time, whether it never was, has expired or was erased; `limits` and `floods`, which count tries in bounded memory and
refuse a link that is asked too often; `headers`, `hits` and `reply`.

A page that is not among those three requests belongs into the package of its audience and never in here.
"""
