"""Sentences for what a check-in, its undoing, an appointment or a picture refuses."""

SENTENCES = {
    "appointment_in_past": "{starts_at} is past. Give a later time",
    "appointment_not_booked": "Appointment {number} is taken over, cancelled or marked not shown; only a booked one can be changed",
    "appointment_not_due": "The appointment is only at {starts_at}. It can be marked as not shown afterwards",
    "appointment_without_car": "Choose the car, or give a phone number to reach the customer by",
    "appointment_without_reason": "Write what the car comes for, or choose a package",
    "attachment_empty": "This file is empty. Choose another one",
    "attachment_too_large": "This file is larger than the {largest_megabytes} MB that can be kept. Choose a smaller one",
    "car_has_open_order": "This car is here already: order {number} is open. Open it and add to it",
    "check_in_incomplete": "The order still lacks something. What it is stands above the form; go through it, then save again",
    "picture_not_readable": "This file can't be read as a picture. Choose a JPEG or PNG file",
}
