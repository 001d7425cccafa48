"""`python -m sandbox`: the look-alike by itself, for a bot that is started apart."""

import asyncio
from contextlib import suppress

import click

from sandbox.cast import CAST
from sandbox.lookalike import Lookalike

PORT = 8081
INTRO = "The bot runs apart and keeps its own time; the clock above moves this Telegram's alone."


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free one."
)
def main(port: int) -> None:
    """Serve a Telegram look-alike and its page on this machine, until Ctrl-C.

    Prints, as lines of a `.env` file, the settings that lead a bot to it.
    """
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(port))


async def _serve(port: int) -> None:
    try:
        telegram = await Lookalike.start(port=port, intro=INTRO)
    except OSError:
        raise click.ClickException(f"port {port} is not free; name another with --port") from None
    async with telegram:
        for name, language in CAST:
            telegram.person(name, language)
        click.echo(f"# The page: {telegram.url}/")
        click.echo(f"PORUCH_TELEGRAM_API_URL={telegram.url}")
        click.echo(f"PORUCH_TOKEN={telegram.token}")
        await asyncio.Event().wait()


if __name__ == "__main__":
    main()
