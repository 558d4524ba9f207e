"""The sentences for what is wrong with a plate, a VIN or a phone number; their translations stand in `recognise.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop_app.i18n.phrases import Phrases

SENTENCES: Final = {
    "plate_empty": "No plate was typed",
    "plate_none": "This says that there is no plate yet: the car is known by its VIN",
    "plate_letter_not_used": "Plates never have the letter {letters}, which looks like a digit",
    "plate_character": "No plate has “{character}” there",
    "plate_province_missing": "The province in front is missing",
    "plate_province_unknown": "“{character}” is not the province of a plate",
    "plate_office_missing": "The issuing office's letter after the province is missing",
    "plate_office_letter": "After the province stands the issuing office's letter, which “{character}” is not",
    "plate_length": "A plate has 7 characters, a new-energy plate 8; this has {has}",
    "plate_new_energy_form": "With 8 characters it is a new-energy plate: its letter (A–H, J, K) stands third or last",
    "plate_suffix_length": "Before {suffix} stand {wants} letters or digits after the office's letter; here {has}",
    "plate_cross_border_office": "Cross-border plates ({suffix}) begin with 粤Z",
    "plate_armed_police_form": "Armed police plates: WJ, the province if any, 4 digits, then a digit or letter",
    "plate_embassy_form": "Embassy plates: 6 digits and 使",
    "plate_consulate_form": "Consulate plates: the province, 5 digits (or a letter and 4 digits) and 领",
    "plate_emergency_form": "Emergency plates: the province, X or S, 4 digits and 应急",
    "plate_civil_aviation_form": "Civil aviation plates: 民航 and 5 letters or digits",
    "plate_temporary_form": "Temporary plates: 临, the province, the office's letter and 4 to 6 letters or digits",
    "plate_form": "No known kind of plate: the car can be received all the same, known by its VIN",
    "plate_form_hk": "Hong Kong plates: 2 letters and up to 4 digits, or up to 8 characters of one's choice, never I, O or Q",
    "plate_form_mo": "Macau plates: 1 or 2 letters and 4 digits",
    "plate_form_tw": "Taiwan plates: letters and digits as in ABC-1234, never I or O",
    "plate_many_letters": "{has} letters in the serial are rare: compare it with the car",
    "vin_empty": "No VIN was typed",
    "vin_length": "A VIN has {wants} characters; this has {has}",
    "vin_letter_not_used": "VINs never have the letter {letters}, which looks like a digit",
    "vin_character": "No VIN has “{character}”",
    "vin_check_digit": "The ninth character is {found}, the others give {expected}: compare it with the car",
    "vin_check_digit_unused": "The ninth character is {found}, not {expected}; makers of that region needn't keep to the check digit",
    "vin_check_digit_form": "The ninth character is {found}, where a digit or X stands: compare it with the car",
    "vin_model_year": "The tenth character is {character}, which stands for no model year",
    "vin_serial": "The last {wants} characters are digits; here {found}",
    "phone_empty": "No phone number was typed",
    "phone_none": "This says that there is no phone number",
    "phone_letters": "A phone number has no “{letters}”",
    "phone_character": "There is no “{character}” in a phone number",
    "phone_several": "These are several numbers: enter each by itself",
    "phone_digits_lost": "A spreadsheet has shortened this number; its last digits are lost",
    "mobile_length": "A mobile number has {wants} digits; this has {has}",
    "mobile_start": "Mobile numbers begin with 13 to 19, not with {start}",
    "phone_area_code_missing": "The area code before these {has} digits is missing",
    "phone_short_number": "{has} digits are a service number, or too few",
    "phone_length": "No phone number there has {has} digits",
    "phone_length_eight": "A phone number there has {wants} digits; this has {has}",
    "phone_country": "There is no such country code",
    "phone_not_assigned": "No such number has been given out",
}
"""Code of a problem (`db.rules.problem`) to its English phrase, filled from the problem's facts."""

WITH_PROPOSAL: Final = "{sentence}. Is it {proposal}?"


def sentence(code: str, facts: Mapping[str, object], phrases: Phrases) -> str:
    """What to tell a person about a problem, with the proposal as a question behind it if the facts hold one.

    Raises KeyError for a code that is no problem's.
    """
    said = phrases(SENTENCES[code], **facts)
    return phrases(WITH_PROPOSAL, sentence=said, proposal=facts["proposal"]) if "proposal" in facts else said
