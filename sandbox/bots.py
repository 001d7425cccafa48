"""The bots' own accounts: what each says of itself, its commands, its webhook, its queue."""

from dataclasses import dataclass, field

from sandbox.updates import UpdateQueue


@dataclass
class Webhook:
    """Where a bot's updates are posted, and how that went."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None


@dataclass
class Poll:
    """One getUpdates that waits; ``ended_by`` says why it must stop."""

    ended_by: str | None = None


@dataclass
class BotAccount:
    """A registered bot."""

    token: str
    username: str
    first_name: str
    bot_id: int
    queue: UpdateQueue = field(default_factory=UpdateQueue)
    webhook: Webhook | None = None
    poll: Poll | None = None
    last_message_id: int = 0
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int | None, dict[str, object]] = field(default_factory=dict)

    def api_user(self) -> dict[str, object]:
        """The bot as it stands in messages."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.texts.get(("name", ""), self.first_name),
            "username": self.username,
        }

    def begin_poll(self, ended_by: str) -> Poll:
        """Start to wait for updates; the poll before, if it still waits, ends for this reason."""
        self.end_poll(ended_by)
        self.poll = Poll()
        return self.poll

    def end_poll(self, reason: str) -> None:
        """End the waiting poll, if there is one, for this reason."""
        if self.poll is not None:
            self.poll.ended_by = reason
            self.poll = None

    def commands_for(self, user_id: int, language_code: str) -> list[dict[str, str]]:
        """The command list this person sees: the narrowest scope wins, within it their language."""
        for scope in (f"chat:{user_id}", "all_private_chats", "default"):
            for language in (language_code, ""):
                if (scope, language) in self.commands:
                    return self.commands[scope, language]
        return []
