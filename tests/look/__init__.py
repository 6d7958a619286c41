"""How an email looks, compared with what npm mjml 5 makes of the same MJML: in browsers of three widths, and as Outlook reads it."""
