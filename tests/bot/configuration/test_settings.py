import traceback
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.configuration.settings import Settings, SettingsError, load_settings

TOKEN = "123456:TEST"
CANARY = "CANARY"


def load(folder: Path, **values: str) -> Settings:
    return load_settings({f"PORUCH_{name}": value for name, value in values.items()}, folder)


def refusal(folder: Path, **values: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load(folder, **values)
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def secret_file(folder: Path, content: bytes, mode: int = 0o600) -> str:
    path = folder / "secret"
    path.write_bytes(content)
    path.chmod(mode)
    return str(path)


def test_nothing_set_means_the_defaults(tmp_path: Path) -> None:
    settings = load(tmp_path)

    assert settings == Settings(data_dir=tmp_path / "data", key_source=f"file:{tmp_path}/data-key/unseal.key")
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.token is None
    assert settings.database_url is None
    assert settings.backup_dir is None
    assert settings.listen is None
    assert settings.languages == ("be", "ru", "en")
    assert settings.time_zone == ZoneInfo("Europe/Minsk")
    assert (settings.mode, settings.log_level) == ("polling", "INFO")
    assert settings.key_source_is_default


def test_what_is_set_is_taken(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        TOKEN=TOKEN,
        TELEGRAM_API_URL="http://127.0.0.1:8081/",
        DATA_DIR="/srv/poruch",
        KEY_SOURCE="file:keys/../unseal.key",
        BACKUP_DIR="backups",
        LANGUAGES="en, be,en",
        TIME_ZONE="Europe/Vilnius",
        LISTEN="[::1]:8080",
        LOG_LEVEL="DEBUG",
        MESSAGES_PER_SECOND="1000",
        MODE="polling",
    )

    assert settings.token_or_refuse() == TOKEN
    assert settings.telegram_api_url == "http://127.0.0.1:8081"
    assert settings.data_dir == Path("/srv/poruch")
    assert settings.key_source == f"file:{tmp_path}/unseal.key"
    assert not settings.key_source_is_default
    assert settings.backup_dir == tmp_path / "backups"
    assert settings.languages == ("en", "be")
    assert settings.time_zone.key == "Europe/Vilnius"
    assert settings.listen == ("::1", 8080)
    assert settings.log_level == "DEBUG"
    assert settings.messages_per_second == 1000


def test_settings_cannot_be_changed(tmp_path: Path) -> None:
    settings = load(tmp_path)

    with pytest.raises(ValidationError):
        settings.mode = "webhook"


def test_settings_do_not_show_their_secrets(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://bob:{CANARY}@localhost/poruch"
    settings = load(tmp_path, TOKEN=f"123456:{CANARY}", DATABASE_URL=url)

    assert CANARY not in f"{settings!r}{settings}{settings.model_dump()}{settings.model_dump_json()}"


def test_the_program_s_own_environment_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORUCH_TOKEN", TOKEN)

    assert load(tmp_path).token is None
    assert Settings().token is None


def test_the_folder_s_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        f"# ours\nexport PORUCH_TOKEN='{TOKEN}'\nOTHER=x\nPORUCH_LOG_LEVEL=ERROR\n"
    )

    settings = load(tmp_path)

    assert (settings.token_or_refuse(), settings.log_level) == (TOKEN, "ERROR")


def test_the_environment_goes_before_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORUCH_LOG_LEVEL=ERROR\n")

    assert load(tmp_path, LOG_LEVEL="DEBUG").log_level == "DEBUG"


def test_nothing_is_put_in_for_variables_inside_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORUCH_BACKUP_DIR=/srv/${HOME}\n")

    assert load(tmp_path).backup_dir == Path("/srv/${HOME}")


def test_an_env_file_that_is_not_understood_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"PORUCH_MODE=polling\nPORUCH_TOKEN '{CANARY}\n")

    assert refusal(tmp_path) == ".env, line 2, is not understood; write NAME=value"


@pytest.mark.parametrize("content", [b"PORUCH_TOKEN=\xff", None], ids=["not text", "a folder"])
def test_an_env_file_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / ".env"
    path.mkdir() if content is None else path.write_bytes(content)

    assert refusal(tmp_path) == ".env cannot be read; make it a text file with lines NAME=value"


def test_an_empty_value_counts_as_not_set(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORUCH_LOG_LEVEL=ERROR\n")

    assert load(tmp_path, LOG_LEVEL="", TOKEN="").log_level == "INFO"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("PORUCH_TOKN", "PORUCH_TOKN is not a setting; write PORUCH_TOKEN, or take it out"),
        ("PORUCH_XYZZY", "PORUCH_XYZZY is not a setting; take it out"),
        ("poruch_token", "poruch_token is not a setting; write PORUCH_TOKEN, or take it out"),
        (
            "PORUCH_DATA_DIR_FILE",
            "PORUCH_DATA_DIR_FILE is not a setting; write PORUCH_DATA_DIR, or take it out",
        ),
    ],
)
@pytest.mark.parametrize("value", [CANARY, ""])
def test_an_unknown_variable_is_refused(tmp_path: Path, name: str, line: str, value: str) -> None:
    assert refusal_of({name: value}, tmp_path) == line


def refusal_of(environ: dict[str, str], folder: Path) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ, folder)
    return str(caught.value)


def test_an_unknown_variable_in_the_env_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"PORUCH_XYZZY={CANARY}\n")

    assert refusal(tmp_path) == "PORUCH_XYZZY is not a setting; take it out"


def test_the_variable_that_holds_the_key_is_known(tmp_path: Path) -> None:
    settings = load(tmp_path, KEY_SOURCE="env:PORUCH_TEST_KEY", TEST_KEY=CANARY)

    assert settings.key_source == "env:PORUCH_TEST_KEY"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("TOKEN", CANARY, "is not a bot token"),
        ("TOKEN", "12:CANARY", "is not a bot token"),
        ("TOKEN", "123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11", "is the example"),
        ("TELEGRAM_API_URL", CANARY, "is not an address"),
        ("TELEGRAM_API_URL", "https://:99999", "is not an address"),
        ("TELEGRAM_API_URL", "https://example.org:99999", "is not an address"),
        ("TELEGRAM_API_URL", "https://bob:CANARY@example.org", "is not an address"),
        ("TELEGRAM_API_URL", "http://CANARY.example.org", "in clear"),
        ("DATABASE_URL", CANARY, "is not an address"),
        ("DATABASE_URL", "sqlite:///CANARY.db", "is not needed"),
        ("DATABASE_URL", "sqlite+aiosqlite:///CANARY.db", "is not needed"),
        ("DATABASE_URL", "postgresql://bob:CANARY@localhost/p", "postgresql+psycopg://"),
        ("DATABASE_URL", "mysql://bob:CANARY@localhost/p", "postgresql+psycopg://"),
        ("DATABASE_URL", "postgresql+psycopg://bob:CANARY@db.example.org/p", "sslmode=verify-full"),
        ("DATABASE_URL", "postgresql+psycopg://bob:CANARY@10.0.0.5/p?sslmode=prefer", "unencrypted"),
        ("DATABASE_URL", "postgresql+psycopg://bob:CANARY@/p?host=db.example.org", "unencrypted"),
        ("DATABASE_URL", "postgresql+psycopg://bob@localhost/p?hostaddr=10.0.0.5", "unencrypted"),
        ("DATABASE_URL", "postgresql+psycopg://bob@/p?host=localhost,CANARY", "unencrypted"),
        ("DATABASE_URL", "postgresql+psycopg://bob@/p?service=CANARY", "unencrypted"),
        ("KEY_SOURCE", CANARY, "is not a key source"),
        ("KEY_SOURCE", "file:", "is not a key source"),
        ("KEY_SOURCE", "credential:../CANARY", "is not a key source"),
        ("MODE", CANARY, "must be polling or webhook"),
        ("WEBHOOK_URL", "http://CANARY", "begin with https://"),
        ("WEBHOOK_URL", "https://bob:CANARY@example.org/", "begin with https://"),
        ("WEBHOOK_URL", "https://example.org/?CANARY", "begin with https://"),
        ("WEBHOOK_URL", "https://example.org:CANARY/", "begin with https://"),
        ("WEBHOOK_URL", "https://example.org/metrics", "something else is answered"),
        ("WEBHOOK_SECRET", CANARY, "16 to 256"),
        ("LISTEN", CANARY, "127.0.0.1:8080"),
        ("LISTEN", "127.0.0.1:70000", "127.0.0.1:8080"),
        ("LANGUAGES", "be,CANARY", "some of be,ru,en"),
        ("LANGUAGES", ",", "some of be,ru,en"),
        ("TIME_ZONE", CANARY, "Europe/Minsk"),
        ("TIME_ZONE", "../CANARY", "Europe/Minsk"),
        ("TIME_ZONE", "Europe", "Europe/Minsk"),
        ("LOG_LEVEL", CANARY, "DEBUG, INFO"),
        ("MESSAGES_PER_SECOND", CANARY, "a whole number from 1 to 1000"),
        ("MESSAGES_PER_SECOND", "0", "a whole number from 1 to 1000"),
        ("MESSAGES_PER_SECOND", "1001", "a whole number from 1 to 1000"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_not_shown(
    tmp_path: Path, name: str, value: str, words: str
) -> None:
    line = refusal(tmp_path, **{name: value})

    assert line.startswith(f"PORUCH_{name} ")
    assert words in line


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://bob:p%40ss@localhost/p",
        "postgresql+psycopg://bob@127.0.0.1:5433/p",
        "postgresql+psycopg://bob@[::1]/p",
        "postgresql+psycopg:///p",
        "postgresql+psycopg://bob@/p?host=/var/run/postgresql",
        "postgresql+psycopg://bob:x@db.example.org/p?sslmode=verify-full",
        "postgresql+psycopg://bob:x@db.example.org/p?sslmode=require",
    ],
)
def test_a_database_on_this_machine_or_by_tls_is_taken(tmp_path: Path, url: str) -> None:
    settings = load(tmp_path, DATABASE_URL=url)

    assert settings.database_url is not None
    assert settings.database_url.get_secret_value() == url


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o440])
def test_a_secret_comes_from_a_file(tmp_path: Path, mode: int) -> None:
    settings = load(tmp_path, TOKEN_FILE=secret_file(tmp_path, f"{TOKEN}\n".encode(), mode))

    assert settings.token_or_refuse() == TOKEN


def test_a_secret_file_may_be_named_from_the_folder(tmp_path: Path) -> None:
    secret_file(tmp_path, TOKEN.encode())

    assert load(tmp_path, TOKEN_FILE="secret").token_or_refuse() == TOKEN


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        pytest.param(b"CANARY", 0o604, "everyone may read", id="readable by everyone"),
        pytest.param(b"CANARY", 0o644, "chmod 600", id="readable by everyone and the group"),
        pytest.param(b" \n", 0o600, "empty or too long", id="empty"),
        pytest.param(b"CANARY" * 1000, 0o600, "empty or too long", id="too long"),
        pytest.param(b"CANARY\xff", 0o600, "cannot be read", id="not text"),
    ],
)
def test_an_unfit_secret_file_is_refused(tmp_path: Path, content: bytes, mode: int, words: str) -> None:
    line = refusal(tmp_path, DATABASE_URL_FILE=secret_file(tmp_path, content, mode))

    assert line.startswith("PORUCH_DATABASE_URL_FILE names ")
    assert words in line


def test_a_missing_secret_file_is_refused(tmp_path: Path) -> None:
    line = refusal(tmp_path, DATABASE_URL_FILE="CANARY/none")

    assert line == "PORUCH_DATABASE_URL_FILE names a file that cannot be read; check its path"


def test_a_secret_set_twice_is_refused(tmp_path: Path) -> None:
    line = refusal(tmp_path, TOKEN=TOKEN, TOKEN_FILE=secret_file(tmp_path, b"CANARY"))

    assert line == "PORUCH_TOKEN and PORUCH_TOKEN_FILE are both set; keep one of them"


@pytest.mark.parametrize(
    ("content", "mode", "words"),
    [
        pytest.param(b"CANARY", 0o600, "PORUCH_TOKEN is not a bot token", id="no token"),
        pytest.param(b"CANARY", 0o604, "PORUCH_TOKEN_FILE names a file that everyone may read", id="open"),
        pytest.param(None, 0o600, "PORUCH_TOKEN_FILE names a file that cannot be read", id="missing"),
        pytest.param(
            b"110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw", 0o600, "is the example", id="an example"
        ),
    ],
)
def test_the_token_s_file_is_read_only_where_the_token_is_needed(
    tmp_path: Path, content: bytes | None, mode: int, words: str
) -> None:
    settings = load(
        tmp_path, TOKEN_FILE="nowhere" if content is None else secret_file(tmp_path, content, mode)
    )

    with pytest.raises(SettingsError, match=words) as caught:
        settings.token_or_refuse()

    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_a_missing_token_is_refused_only_where_it_is_needed(tmp_path: Path) -> None:
    settings = load(tmp_path)

    with pytest.raises(SettingsError, match="PORUCH_TOKEN is missing"):
        settings.token_or_refuse()


WEBHOOK = {
    "MODE": "webhook",
    "WEBHOOK_URL": "https://bot.example.org/in/some-words",
    "WEBHOOK_SECRET": f"{CANARY}-of-sixteen-signs",
    "LISTEN": "127.0.0.1:8080",
}


def test_a_webhook_is_put_together(tmp_path: Path) -> None:
    webhook = load(tmp_path, TOKEN=TOKEN, **WEBHOOK).webhook_or_refuse()

    assert webhook is not None
    assert (webhook.url, webhook.path) == (WEBHOOK["WEBHOOK_URL"], "/in/some-words")
    assert (webhook.secret, webhook.listen) == (WEBHOOK["WEBHOOK_SECRET"], ("127.0.0.1", 8080))
    assert CANARY not in repr(webhook)


def test_who_polls_needs_no_webhook(tmp_path: Path) -> None:
    assert load(tmp_path, **WEBHOOK | {"MODE": "polling"}).webhook_or_refuse() is None


@pytest.mark.parametrize("name", ["WEBHOOK_URL", "WEBHOOK_SECRET", "LISTEN"])
def test_what_a_webhook_lacks_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match=f"^PORUCH_{name} is missing"):
        load(tmp_path, **WEBHOOK | {name: ""}).webhook_or_refuse()


@pytest.mark.parametrize("secret", [TOKEN, TOKEN.partition(":")[2], WEBHOOK["WEBHOOK_SECRET"]])
def test_an_address_that_tells_a_secret_is_refused_and_not_shown(tmp_path: Path, secret: str) -> None:
    settings = load(
        tmp_path,
        **WEBHOOK | {"TOKEN": TOKEN, "WEBHOOK_URL": f"https://example.org/{secret.replace(':', '/')}"},
    )

    with pytest.raises(SettingsError, match="WEBHOOK_URL holds the token or the secret") as caught:
        settings.webhook_or_refuse()

    assert secret not in str(caught.value)
