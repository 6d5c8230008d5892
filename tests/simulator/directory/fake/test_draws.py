from itertools import islice

from entrasim.directory.fake.draws import COUNT, Draws, threshold


def test_draws_follow_from_purpose_seed_and_number():
    draws = Draws("person", 7)

    assert draws(3) == Draws("person", 7)(3)
    assert len({draws(3), draws(4), Draws("person", 8)(3), Draws("guest", 7)(3)}) == 4


def test_the_first_draws_of_person_0_are_what_they_were_on_every_machine():
    assert Draws("person", 7)(0)[:4] == (
        1_478_054_939,
        1_195_295_661,
        3_758_177_819,
        2_018_253_302,
    )


def test_a_stream_is_the_draws_of_all_numbers_in_a_row():
    draws = Draws("person", 7)

    assert tuple(islice(draws.stream(), 2 * COUNT)) == draws(0) + draws(1)


def test_a_share_of_the_draws_falls_below_its_threshold():
    draws = Draws("person", 7)

    below = sum(draws(number)[5] < threshold(0.25) for number in range(4000))

    assert 900 < below < 1100
    assert threshold(0.0) == 0
    assert threshold(1.0) == 2**32
