"""Sentences for refusals, one module a subject, each with `SENTENCES`: code to English phrase with `{fact}` places.

`desktop_app.faults` collects them all. A fact whose name ends in `_fen`, `_km`, `_at` or `_on` is written as money, mileage, time or day.
"""
