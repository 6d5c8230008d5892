"""`entrasim scim-server`"""

from pathlib import Path

import click

from entrasim_kit.cli.options import json_option
from entrasim_kit.cli.output import print_json
from entrasim_kit.scim_server.config import DEFAULT_PATH, Base, ServerConfig, ServerError
from entrasim_kit.scim_server.server import serve
from entrasim_kit.scim_server.tokens import mint_token


@click.command("scim-server")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8880,
    show_default=True,
    help="The port to listen on; 0 takes any free one.",
)
@click.option("--token", envvar="ENTRASIM_TOKEN", show_envvar=True, help="The token to accept.")
@click.option("--mint-token", "mint_token_", is_flag=True, help="Make a token, and show it once.")
@click.option(
    "--data",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep users and groups in this file over a restart.",
)
@click.option(
    "--load",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Fill the server from a file of SCIM resources, JSON or JSON lines.",
)
@json_option
def command(
    host: str,
    port: int,
    token: str | None,
    mint_token_: bool,
    data: Path | None,
    load: Path | None,
    as_json: bool,
) -> None:
    """Serve the embedded SCIM server on its own, at /scim/v2, until Ctrl-C.

    Like the administrator of a vendor's application, mint a token first: the server accepts no
    request without one.

    \b
    Example:
      entrasim scim-server --mint-token --data company.db

    Exit status: 0 ended by Ctrl-C, 2 it cannot start.
    """
    if bool(token) == mint_token_:
        raise click.UsageError("give either --token (or ENTRASIM_TOKEN) or --mint-token")
    accepted = token or mint_token()
    config = ServerConfig(
        bases=(Base(tokens=(accepted,)),), host=host, port=port, data=data, load=load
    )

    def started(port: int) -> None:
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}{DEFAULT_PATH}"
        minted = {"token": accepted} if mint_token_ else {}
        if as_json:
            print_json({"url": url} | minted)
            return
        click.echo(f"tenant URL    {url}")
        if minted:
            click.echo(f"secret token  {accepted}   (shown this once)")
        click.echo("Ctrl-C ends the server")

    try:
        serve(config, started=started)
    except ServerError as error:
        raise click.UsageError(str(error)) from None
