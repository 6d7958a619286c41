"""Serves requests in front of Flask, because the busiest paths need neither a session nor a page of their own.

A campaign of ten thousand mails opens ten thousand answer pages within minutes, and almost all of them are one page with another token.
Flask takes three times as long for such a page as a small WSGI application, and a thread for every answer that waits for its commit. So:

- `gateway` speaks Granian's protocol on the event loop and reads each request completely before it gives a thread to it, so that a
  slow sender does not hold a thread. `shutdown` ends it within a second of SIGTERM; `request_log` writes a line for each request,
  without personal data.
- `answer_fast_path` takes the three requests that make up the load (an answer or a report from our page's script, an answer as a form, and
  the link of a mail) and passes every other request to Flask. `cached_answer_page` fills in a page of `page_cache` for the link of a mail.
- `loop_completions` delivers finished commits of the store's writer to the event loop, one wake-up for a group, so that an answer holds
  no thread while it waits for the disk. `deadline` ends all requests that wait equally long with one timer.
- `hosts` refuses a request whose Host header is not a host name.

Flask needs some of their parts too, so these stand one level up: `page_cache`; `uniform_delay`, which makes replies to unknown, expired
and erased links take the same time; `limits` and `floods`, which count tries in bounded memory and refuse a link that is requested too
often; `headers`, `hits` and `reply`.

A page that is not among those three requests belongs in the package of its audience, not here.
"""
