"""Sentences for refusals about the shop itself, its people and their PINs."""

SENTENCES = {
    "shop_exists": "There is a shop in this store already",
    "name_missing": "A name is needed",
    "zone_unknown": "{zone} is no time zone that this PC knows",
    "setting_unknown": "There is no setting {name}",
    "setting_not_fitting": "{name} does not take this value",
    "pin_too_short": "A PIN has 4 to 12 digits",
    "pin_locked": "{name} has to wait: too many wrong PINs",
    "person_left": "{name} does not work here any more",
    "not_allowed": "Not allowed for this person",
    "changed_meanwhile": "Somebody else changed this meanwhile. It was loaded anew; look at the difference and do it once more",
}
