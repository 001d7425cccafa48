"""What a method is given, and the readings that several methods share."""

from dataclasses import dataclass, replace

from sandbox.bots import BotAccount
from sandbox.errors import ApiError, bad_request
from sandbox.files import StoredFile
from sandbox.formatting import Entity, Formatted, trimmed, utf16_length
from sandbox.keyboards import checked_markup
from sandbox.markup import parse_html
from sandbox.messages import Message
from sandbox.parameters import ATTACHED, Parameters
from sandbox.state import Chat, World

MAX_TEXT = 4096
MAX_CAPTION = 1024
# What bots send and change; of Telegram's other kinds the look-alike carries none.
FILE_KINDS = {"document", "photo"}


@dataclass(frozen=True)
class ApiRequest:
    """One call: the world, the bot that calls, and what it asks."""

    world: World
    bot: BotAccount
    parameters: Parameters

    def chat(self) -> Chat:
        """The chat meant, whether or not the bot may write there now."""
        return self.world.chat_for(self.bot, self.parameters.chat_id())

    def open_chat(self) -> Chat:
        """The chat meant, which the bot may write to."""
        return self.world.open_to(self.bot, self.parameters.chat_id())

    def message_in(self, chat: Chat, missing: ApiError) -> Message:
        """The message meant, as long as it is visible; raises ``missing`` otherwise."""
        message_id = self.parameters.integer("message_id")
        if not message_id:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(message_id)
        if message is None or not message.is_visible:
            raise missing
        return message

    def message_text(self) -> Formatted:
        """The words of a message; raises ``ApiError`` when there are none, or more than 4,096 units."""
        content = self._formatted("text", "entities")
        if not content.text:
            raise bad_request("message text is empty")
        if utf16_length(content.text) > MAX_TEXT:
            raise bad_request("message is too long")
        return content

    def caption(self) -> Formatted:
        """The words under a file; raises ``ApiError`` for more than 1,024 units."""
        content = self._formatted("caption", "caption_entities")
        if utf16_length(content.text) > MAX_CAPTION:
            raise bad_request("message caption is too long")
        return content

    def file(self, kind: str, name: str) -> StoredFile | None:
        """The file sent under this name, or whose id stands there; raises ``ApiError`` for another kind."""
        upload, files = self.parameters.upload(name), self.world.files
        if upload is not None:
            return files.keep(kind, upload)
        file_id = self.parameters.text(name)
        return files.named(file_id, kind) if file_id and not file_id.startswith(ATTACHED) else None

    def input_media(self) -> tuple[StoredFile, Formatted]:
        """The file that ``media`` describes, and the words under it; raises ``ApiError`` for what is none."""
        given = self.parameters.structure("media", called="input media")
        if given is None:
            raise bad_request('parameter "media" is required')
        if not isinstance(given, dict):
            raise _no_input_media("expected an Object")
        described = replace(self, parameters=Parameters(given, self.parameters.files))
        caption, kind = described.caption(), described.parameters.text("type")
        if not kind:
            raise _no_input_media('can\'t find field "type"')
        if kind not in FILE_KINDS:
            raise _no_input_media(f'type "{kind}" is unsupported')
        file = described.file(kind, "media")
        if file is None:
            raise _no_input_media("media not found")
        return file, caption

    def markup(self, *, only_inline: bool = False) -> dict[str, object] | None:
        """The keyboard asked for, checked."""
        return checked_markup(self.parameters.structure("reply_markup"), only_inline=only_inline)

    def _formatted(self, words: str, entities: str) -> Formatted:
        text, mode = self.parameters.text(words), self.parameters.text("parse_mode").lower()
        if mode == "html":
            return trimmed(parse_html(text))
        # The look-alike reads HTML only; Markdown would pass at Telegram's.
        if mode:
            raise bad_request("unsupported parse_mode")
        return trimmed(Formatted(text, _entities(self.parameters.structure(entities))))


def _no_input_media(reason: str) -> ApiError:
    return bad_request(f"can't parse InputMedia: {reason}")


def _entities(given: object) -> tuple[Entity, ...]:
    if given is None:
        return ()
    if not isinstance(given, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    for entity in given:
        if not (
            isinstance(entity, dict) and all(isinstance(entity.get(k), int) for k in ("offset", "length"))
        ):
            raise bad_request("can't parse entities: MessageEntity needs an offset and a length")
    return tuple(given)
