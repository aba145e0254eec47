"""Recomputes every risk of `watchward entities --json` from its evidence alone (specs/incidents.md). Prints how many agree; exits 1 on a difference."""
import json
import math
import sys


def half_up(value, digits):
    scale = 10 ** digits
    return math.floor(value * scale + 0.5) / scale


export = json.load(sys.stdin)
half_life = export["halfLifeDays"] * 86_400_000
wrong = 0
for entity in export["entities"]:
    doubt = 1.0
    fresh = 1.0
    agree = True
    for piece in entity["evidence"]:
        own = piece["risk"] / 100 * export["shares"][piece["role"]]
        weight = half_up(own * 2 ** (-max(0, export["asOf"] - piece["last"]) / half_life), 4)
        agree = agree and abs(weight - piece["weight"]) < 0.00011
        doubt *= 1 - piece["weight"]
        fresh *= 1 - half_up(own, 4)
    risk = half_up(100 * (1 - doubt), 1)
    agree = agree and abs(risk - entity["risk"]) < 0.11 and entity["risk"] <= entity["ceiling"] <= 100 and abs(half_up(100 * (1 - fresh), 1) - entity["ceiling"]) < 0.11
    wrong += not agree
print(len(export["entities"]) - wrong, "of", len(export["entities"]), "risks agree")
sys.exit(1 if wrong else 0)
