"""`poruch …`: the table of commands, and what each ending means to the shell.

A command's module is loaded when it is called, so that help is quick and `run` does not pay for migrations.
"""

import gc
import signal
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from bot.garbage import forget_explanations, look_seldom_from_here_on
from bot.hardening import keep_memory_here
from bot.unread import dropped_unread
from solidarity.access import named

DONE, REFUSED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

# Each command with its module, the name there, and a line for the list.
COMMANDS = {
    "init": ("bot.commands.init", "init", "Set up an installation: data folder, key, database."),
    "run": ("bot.commands.run", "run", "Run the bot until it is stopped."),
    "unseal": ("bot.commands.sealing", "unseal", "Open a sealed bot."),
    "seal": ("bot.commands.sealing", "seal", "Let a running bot forget its keys."),
    "lift": ("bot.commands.lift", "lift", "Let the bot send again after an alarm, or a person act again."),
    "upgrade": ("bot.commands.upgrade", "upgrade", "Bring the database to this release."),
    "sandbox": ("bot.commands.sandbox", "sandbox", "Try everything on this machine, without Telegram."),
    "import": ("bot.commands.register", "register", "Take over prisoners, hearings or places from a file."),
    "keys": ("bot.commands.keys", "keys", "List the keys, or rotate the one that wraps data keys."),
    "stats": ("bot.commands.stats", "stats", "Count the messages that wait, went out or are parked."),
    "audit": ("bot.commands.audit", "audit", "Read the trail of what was done, or verify it."),
    "approve": ("bot.commands.approve", "approve", "Approve what a coordinator cannot do alone."),
    "contact": ("bot.commands.contact", "contact", "Print somebody's contact details, by their pseudonym."),
    "erase": ("bot.commands.erase", "erase", "Forget somebody for good, by their pseudonym."),
    "backup": ("bot.commands.backup", "backup", "Write a backup, sealed to its recipients."),
    "restore": (
        "bot.commands.restore",
        "restore_command",
        "Bring back an installation, or check a backup.",
    ),
    "destroy": (
        "bot.commands.destroy",
        "destroy_command",
        "Destroy keys, database and token here.",
    ),
    "code": ("bot.commands.code", "code", "Make a one-time code for an administrator or coordinator."),
}
# Who may call each stands in the table of who may do what; one that does not stand there cannot be loaded.
ACTION_OF = {name: named(f"host.{name}") for name in COMMANDS}


class _Commands(click.Group):
    """The commands of the table, each loaded when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        command = getattr(import_module(module), name)
        _work_from_here_on()
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def poruch() -> None:
    """Poruch: a Telegram bot with which a small group looks after political prisoners.

    Settings come from the environment or from .env in the current folder; their names begin with PORUCH_.
    Commands end with 0 when done, 1 when refused (one line says why), 2 when called wrongly.
    """


def _work_from_here_on() -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if not gc.isenabled():
        forget_explanations()
        look_seldom_from_here_on()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code: 0 done, 1 refused, 2 wrong usage, 130 interrupted.

    Args:
        arguments: None where it is this process's own command; it is loaded without looking for garbage.
    """
    keep_memory_here()
    if arguments is None:
        gc.disable()
        _end_at_once_by_ctrl_c()
    try:
        result = poruch.main(
            None if arguments is None else list(arguments), prog_name="poruch", standalone_mode=False
        )
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as error:
        with dropped_unread(sys.stderr):
            error.show(sys.stderr)
        return error.exit_code
    finally:
        if arguments is None:
            _end_at_once_by_ctrl_c()
    return result if isinstance(result, int) else DONE


def _end_at_once_by_ctrl_c() -> None:
    """Let the kernel end the process while nothing can be lost: where Python clears up, it ignores Ctrl-C."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
