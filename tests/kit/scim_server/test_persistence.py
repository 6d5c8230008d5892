"""`--data FILE`: what is kept over restarts, kills and concurrent servers."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from entrasim_kit.scim_server.child import EmbeddedServer
from entrasim_kit.scim_server.config import ServerError

CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
CONTOSO = "urn:ietf:params:scim:schemas:extension:Contoso:2.0:User"


def client_of(server: EmbeddedServer) -> httpx.Client:
    url, token = server.access()
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, trust_env=False)


def kill(server: EmbeddedServer) -> None:
    """SIGKILL the child: nothing of it gets a chance to tidy up."""
    assert server._child is not None
    server._child._process.kill()


def seen(client: httpx.Client) -> Any:
    """Everything that a client can see, apart from the port in addresses."""
    port = str(client.base_url.port)
    everything = client.post("/.search", json={}).text.replace(port, "PORT")
    return everything, client.post("/.search", json={"filter": "members pr"}).json()["totalResults"]


def change_everything(client: httpx.Client) -> None:
    """Create, change and delete, so that every kind of change is in the file."""

    def create(path: str, **attributes: Any) -> str:
        created = client.post(path, json=attributes)
        created.raise_for_status()
        resource_id: str = created.json()["id"]
        return resource_id

    def patch(path: str, op: str, name: str, value: Any) -> None:
        body = {"Operations": [{"op": op, "path": name, "value": value}]}
        client.patch(path, json=body).raise_for_status()

    ana, bo, cy = (create("/Users", userName=f"{name}@contoso.example") for name in ("a", "b", "c"))
    legal = create("/Groups", displayName="Legal", members=[{"value": ana}, {"value": bo}])
    tax = create("/Groups", displayName="Tax", members=[{"value": legal}])
    gone = create("/Groups", displayName="Gone", members=[{"value": ana}, {"value": tax}])
    patch(f"/Users/{ana}", "Replace", "displayName", "Ana Ä")
    patch(f"/Users/{ana}", "Add", f"{CONTOSO}:badge", "X-1")
    client.put(f"/Users/{bo}", json={"userName": "new@contoso.example"}).raise_for_status()
    patch(f"/Groups/{legal}", "Add", "members", [{"value": cy}])
    patch(f"/Groups/{legal}", "Remove", "members", [{"value": ana}])
    patch(f"/Groups/{legal}", "Add", "members", [{"value": ana}])
    client.delete(f"/Groups/{gone}").raise_for_status()
    client.delete(f"/Users/{bo}").raise_for_status()


@pytest.mark.parametrize("how", ["closed", "killed"])
def test_everything_is_there_after_a_restart(tmp_path: Path, how: str):
    data = tmp_path / "data.db"
    with EmbeddedServer(data=data) as server, client_of(server) as client:
        change_everything(client)
        before = seen(client)
        if how == "killed":
            kill(server)
    assert before[1] == 2
    with EmbeddedServer(data=data) as server, client_of(server) as client:
        assert seen(client) == before
        found = client.get("/Users", params={"filter": 'userName eq "A@contoso.example"'}).json()
        assert found["totalResults"] == 1
        answer = client.post("/Groups", json={"displayName": "legal"})
        assert answer.status_code == 409


def test_every_acknowledged_write_survives_a_kill(tmp_path: Path):
    data = tmp_path / "data.db"
    for number in range(5):
        with EmbeddedServer(data=data) as server, client_of(server) as client:
            assert client.get("/Users").json()["totalResults"] == number
            answer = client.post("/Users", json={"userName": f"u{number}@contoso.example"})
            kill(server)
            assert answer.status_code == 201


def test_what_is_forgotten_stays_forgotten(tmp_path: Path):
    data = tmp_path / "data.db"
    with EmbeddedServer(data=data) as server, client_of(server) as client:
        change_everything(client)
        server.reset()
    with EmbeddedServer(data=data) as server, client_of(server) as client:
        assert client.post("/.search", json={}).json()["totalResults"] == 0


def test_each_base_keeps_its_own(tmp_path: Path):
    data = tmp_path / "data.db"
    for expected in (0, 1):
        with EmbeddedServer(data=data) as server:
            url, token = server.add_base("payroll")
            headers = {"Authorization": f"Bearer {token}"}
            with httpx.Client(base_url=url, headers=headers, trust_env=False) as client:
                assert client.get("/Users").json()["totalResults"] == expected
                client.post("/Users", json={"userName": "a"})
            with client_of(server) as client:
                assert client.get("/Users").json()["totalResults"] == 0


def test_a_seeded_sequence_goes_on_after_a_restart(tmp_path: Path):
    data = tmp_path / "data.db"
    ids = []
    for name in ("a", "b", "c"):
        with EmbeddedServer(data=data, seed="7") as server, client_of(server) as client:
            ids.append(client.post("/Users", json={"userName": name}).json()["id"])
    with EmbeddedServer(seed="7") as server, client_of(server) as client:
        again = [client.post("/Users", json={"userName": name}).json()["id"] for name in "abc"]
    assert ids == again


def test_a_file_is_loaded_once_and_then_kept(tmp_path: Path):
    data, load = tmp_path / "data.db", tmp_path / "users.json"
    load.write_text('[{"id": "1", "userName": "a"}]')
    for title in ("first", "second"):
        with EmbeddedServer(data=data, load=load) as server, client_of(server) as client:
            seen_title = client.get("/Users/1").json().get("title")
            assert seen_title == (None if title == "first" else "first")
            body = {"Operations": [{"op": "Replace", "path": "title", "value": title}]}
            client.patch("/Users/1", json=body).raise_for_status()


def test_a_second_server_is_kept_from_the_file(tmp_path: Path):
    data = tmp_path / "data.db"
    with EmbeddedServer(data=data), pytest.raises(ServerError) as caught:
        EmbeddedServer(data=data).start()
    assert str(caught.value) == (
        f"the SCIM server has ended: the data file {data} cannot be used: another server uses it"
    )


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path):
    data = tmp_path / "notes.txt"
    data.write_text("buy milk " * 100)
    with pytest.raises(ServerError) as caught:
        EmbeddedServer(data=data).start()
    assert str(caught.value) == (
        f"the SCIM server has ended: the data file {data} cannot be used: file is not a database"
    )
    assert data.read_text() == "buy milk " * 100


def test_another_program_s_database_is_left_alone(tmp_path: Path):
    data = tmp_path / "other.db"
    with sqlite3.connect(data) as connection:
        connection.execute("CREATE TABLE note (text)")
    connection.close()
    before = data.read_bytes()
    with pytest.raises(ServerError) as caught:
        EmbeddedServer(data=data).start()
    assert str(caught.value) == (
        f"the SCIM server has ended: the data file {data} cannot be used: "
        "it is another program's database"
    )
    assert data.read_bytes() == before


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path):
    data = tmp_path / "nowhere" / "data.db"
    with pytest.raises(ServerError) as caught:
        EmbeddedServer(data=data).start()
    assert str(caught.value) == (
        f"the SCIM server has ended: the data file {data} cannot be used: "
        "unable to open database file"
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/Users", {"userName": "b"}),
        ("PUT", "/Users/ana", {"userName": "b"}),
        ("PATCH", "/Groups/g", {"Operations": [{"op": "Remove", "path": "members"}]}),
        ("DELETE", "/Users/ana", None),
    ],
)
def test_a_file_that_cannot_be_written_is_said_and_nothing_changes(
    serve_in_process: Any, tmp_path: Path, method: str, path: str, body: Any
):
    load = tmp_path / "people.json"
    group = {"schemas": [CORE_GROUP], "id": "g", "displayName": "G", "members": [{"value": "ana"}]}
    load.write_text(json.dumps([{"id": "ana", "userName": "a"}, group]))
    scim = serve_in_process(data=tmp_path / "data.db", load=load)
    with closing(scim.app):
        before = scim.request("POST", "/.search", {}).json
        scim.app._data._connection.execute("PRAGMA query_only = ON")
        answer = scim.request(method, path, body)
        assert answer.status == 500
        assert answer.json["detail"] == (
            "the data file cannot be written: attempt to write a readonly database"
        )
        assert scim.request("POST", "/.search", {}).json == before
        assert scim.request("GET", "/Users", filter='userName eq "A"').json["totalResults"] == 1
