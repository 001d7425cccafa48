"""Any usual way to write a place of detention leads to the known one, and a stale address to today's."""

import pytest

from solidarity.register import Found, starting_directory
from storage.starting import starting_facilities


def found(text: str) -> Found:
    return starting_directory().find(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SIZO-1", "SIZO-1"),
        ("sizo 3", "SIZO-3"),
        ("СИЗО-1", "SIZO-1"),
        ("СІЗА №2", "SIZO-2"),
        ("Следчы ізалятар № 3", "SIZO-3"),
        ("СЛЕДСТВЕННЫЙ ИЗОЛЯТОР №3 г. Гомеля", "SIZO-3"),
        ("Sledčy izaliatar № 6", "SIZO-6"),
        ("Pre-trial detention centre No 5", "SIZO-5"),
        ("Pretrial detention center #7", "SIZO-7"),
        ("Турма №8", "SIZO-8"),
        ("Тюрьма № 8, Жодино", "SIZO-8"),
        ("Prison No. 8", "SIZO-8"),
        ("Pre-trial detention center No. 8 / Prison No. 8 (Žodzina)", "SIZO-8"),
        ("Prison No. 4; 212011, Mahilioŭ, vulica Krupskaj 99A", "PRISON-4"),
        ("Турма № 1", "PRISON-1"),
        ("ИК-15", "IK-15"),
        ("ПК №15", "IK-15"),
        ("IK 22", "IK-22"),
        ("Penal colony №15", "IK-15"),
        ("Penal colony No. 15\n213105, Mahilioŭ", "IK-15"),
        ("Penal colony No. 1, 211440, Navapolack, vulica Techničnaya 8", "IK-1"),
        ("Папраўчая калонія № 17", "IK-17"),
        ("Исправительной колонии № 17", "IK-17"),
        ("Papraučaja kalonija № 2", "IK-2"),
        ("women's penal colony No. 4", "IK-4"),
        ("Open correctional facility No. 47", "IUOT-47"),
        ("ИУОТ-9", "IUOT-9"),
        ("ПУАТ № 49", "IUOT-49"),
        ("ИВС, Волковыск", "IVS-VAUKAVYSK"),
        ("Temporary detention facility, Vaŭkavysk", "IVS-VAUKAVYSK"),
        ("ІЧУ Жодзінскага ГАУС", "IVS-ZODZINA"),
        ("IVS, Zhodzina", "IVS-ZODZINA"),
        ("Temporary detention center of Dziaržynsk District Department", "IVS-DZIARZYNSK"),
        ("iuot-36", "IUOT-36"),
    ],
)
def test_a_place_is_found_in_three_languages_and_in_latin_letters(text, code):
    assert (found(text).code, found(text).notes) == (code, ())


@pytest.mark.parametrize(
    "text",
    [
        "Pre-trial detention center No. 1; 220030, Minsk, vulica Valadarskaha 2",
        "СИЗО-1, ул. Володарского, 2",
        "СІЗА-1, вул. Валадарскага 2",
        "SIZO-1 (Valadarka)",
        "SIZO-1-FORMER",
        "220030, Minsk",
    ],
)
def test_the_old_address_of_the_first_sizo_leads_to_the_new_one_and_is_noted(text):
    assert found(text).code == "SIZO-1"
    assert "stale_address" in found(text).notes


def test_the_new_address_of_the_first_sizo_is_nothing_to_note():
    assert found("СІЗА-1, 223016, в. Пашковічы") == Found("SIZO-1", "sizo")


@pytest.mark.parametrize(
    ("text", "code", "kind", "note"),
    [
        pytest.param("Penal colony No. 5", "IK-5", "colony", "facility_closed", id="closed for good"),
        pytest.param("IK-15, 222222 Minsk", "IK-15", "colony", "address_differs", id="another postal code"),
        pytest.param("212011, Mahilioŭ", "PRISON-4", "prison", "facility_by_address", id="only an address"),
        pytest.param("Penal colony No. 11", None, "colony", "facility_unknown", id="a number not known"),
        pytest.param("Penal colony, 213105", None, "colony", "facility_unknown", id="no number"),
        pytest.param("IVS, vulica Dziaržynskaha 1", None, "ivs", "facility_unknown", id="a street's name"),
        pytest.param("somewhere else", None, None, "facility_unknown", id="no place of ours"),
    ],
)
def test_what_does_not_fit_is_noted(text, code, kind, note):
    assert found(text) == Found(code, kind, (note,))


def test_no_text_is_no_place_and_nothing_to_note():
    assert found("") == Found(None, None)


def test_every_shipped_place_is_found_by_its_code_and_by_each_of_its_names():
    for facility in starting_facilities():
        expected = "SIZO-1" if facility["code"] == "SIZO-1-FORMER" else facility["code"]
        names = (facility["code"], facility["name_en"], facility["name_be"], facility["name_ru"])

        assert {found(name).code for name in names if name} == {expected}


def test_every_shipped_place_has_a_source():
    assert all(facility["source"] for facility in starting_facilities())
    assert len(starting_facilities()) == 32
