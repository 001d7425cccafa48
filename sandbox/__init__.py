"""A local Telegram look-alike over HTTP, and the page to play with it; imports nothing of ours."""
