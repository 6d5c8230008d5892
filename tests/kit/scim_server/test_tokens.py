import re

from entrasim_kit.scim_server.tokens import mint_token


def test_a_token_is_recognizable_and_url_safe():
    assert re.fullmatch(r"entrasim_[A-Za-z0-9_-]{43}", mint_token())


def test_no_two_tokens_are_equal():
    assert len({mint_token() for _ in range(100)}) == 100
