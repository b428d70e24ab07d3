"""What was answered for a text is known, of as many as there is room for; nothing is known that was not asked."""

from hypothesis import given
from hypothesis import strategies as st

from thamdinh.engine.base.asked_once import AskedOnce

TEXTS = st.lists(st.lists(st.text("ab1", max_size=4), max_size=5), max_size=12)


@given(TEXTS, st.integers(0, 12))
def test_the_answer_is_that_of_the_question_whatever_was_asked_before(lists: list[list[str]], most: int) -> None:
    known = AskedOnce(lambda texts: "1" not in "".join(texts), most)
    for texts in lists:
        assert known(texts) == ("1" not in "".join(texts))


def test_a_text_is_asked_about_again_only_where_its_room_was_needed() -> None:
    asked: list[list[str]] = []

    def ask(texts: list[str]) -> bool:
        asked.append(sorted(texts))
        return "no" not in texts

    known = AskedOnce(ask, 5)
    assert [known(texts) for texts in (["ab", "cd"], ["cd", "ab"], ["ab", "e"], ["no"], ["no"])] == [True] * 3 + [
        False
    ] * 2
    assert asked == [["ab", "cd"], ["e"], ["no"], ["no"]]
    assert known(["fg"])
    assert known(["ab"])
    assert asked[4:] == [["fg"], ["ab"]]
