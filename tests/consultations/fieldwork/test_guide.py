from consultations.fieldwork.coding import THEMES
from consultations.fieldwork.guide import GUIDE


def test_the_guide_asks_about_every_right_of_the_codebook() -> None:
    assert set(THEMES) <= set(GUIDE)
