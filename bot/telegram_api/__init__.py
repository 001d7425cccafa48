"""The way to Telegram: requests, messages in chats, and the limits of both."""
