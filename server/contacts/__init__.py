"""The people who get mail: who they are, how lists of them come in, and what they do not want."""
