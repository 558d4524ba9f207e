"""Sentences for refusals about people, bays, the catalogue and the shop's settings."""

SENTENCES = {
    "roles_missing": "At least one role is needed",
    "role_unknown": "There is no role {role}",
    "skill_unknown": "There is no skill {skill}",
    "working_day_unknown": "{day} is no day of the week",
    "badge_taken": "{name} has this badge already",
    "last_manager": "Somebody who looks after people and settings must be left, and be able to sign in",
    "person_clocked_on": "{name} is clocked on to a line; clock off first",
    "bay_name_taken": "There is a bay {name} already",
    "bay_in_use": "In bay {name} stands the car of {number}",
    "item_unknown": "The catalogue has no {code}",
    "hours_not_fitting": "{code} takes from 0 to 1,000 hours",
    "price_not_fitting": "{code} takes a price from 0 to 1,000,000",
    "nobody_could_sign_in": "Nobody who may change this back has a PIN; give one first",
}
