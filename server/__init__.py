"""The stateful part of Acto: it stores contacts and mail, sends, captures answers, runs flows and serves the pages."""
