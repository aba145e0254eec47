"""Recomputes every risk of a JSON report from its factors alone (specs/risk.md). Prints how many agree; exits 1 on a difference."""
import json
import math
import sys


def half_up(value, digits):
    scale = 10 ** digits
    return math.floor(value * scale + 0.5) / scale


report = json.load(sys.stdin)
wrong = 0
for finding in report["findings"]:
    factors = finding["risk"]["factors"]
    odds = sum(f["weight"] for f in factors if f["on"] == "likelihood")
    likelihood = half_up(1 / (1 + math.exp(-max(-6, min(6, odds)))), 4)
    impact = half_up(min(1, math.prod(f["weight"] for f in factors if f["on"] == "impact")), 4)
    score = half_up(100 * likelihood * impact, 1)
    if (likelihood, impact, score) != (finding["risk"]["likelihood"], finding["risk"]["impact"], finding["risk"]["score"]):
        wrong += 1
print(len(report["findings"]) - wrong, "of", len(report["findings"]), "risks agree")
sys.exit(1 if wrong else 0)
