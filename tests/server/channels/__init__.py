"""Answers through the formats that mail clients send themselves."""
