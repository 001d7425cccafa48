"""Makes invented people in exactly the form of the export that human-rights centres publish, oddities too.

python make_register.py [rows] [seed] > register-form.json. Surnames are made of words for "example",
"sample", "paper", so that nobody is meant.
"""

import json
import random
import sys
from datetime import date, timedelta

GIVEN = {
    "male": ["Aliaksei", "Zmitser", "Yauhen", "Mikhail", "Ihar", "Uladzimir", "Stsiapan", "Heorhii"],
    "female": ["Hanna", "Tatsiana", "Volha", "Natallia", "Maryia", "Iryna", "Alena", "Kseniya"],
}
ROOTS = [
    "Pryklad",
    "Uzor",
    "Probn",
    "Vydum",
    "Papiar",
    "Umoun",
    "Kazach",
    "Nizhto",
    "Abraz",
    "Chystapis",
    "Zahalouk",
    "Radkow",
]
ARTICLES = [
    "Art. 342 of the Criminal Code — Organization and preparation of actions that grossly violate public"
    " order, or active participation in them",
    "Art. 368 of the Criminal Code — Insulting the President of the Republic of Belarus",
    "Part 2 of Art. 293 of the Criminal Code — Participation in riots",
    "Art. 130 of the Criminal Code — Incitement to hatred",
    "Part 1 of Article 13 and Article 293 of the Criminal Code — Preparation for mass riots",
    "Art. 369 of the Criminal Code — Insulting a government official",
]
PLACES = [
    ("Pre-trial detention center No. 1", "220030, Minsk, vulica Valadarskaha 2"),
    ("Pre-trial detention center No. 3", "246003, Homieĺ, vulica Knižnaja 1A"),
    ("Penal colony No. 1", "211440, Navapolack, vulica Techničnaya 8"),
    ("Penal colony No. 15", "213105, Mahilioŭ, Viejna, Slaŭharadskaja šaša 183"),
    ("Prison No. 4", "212011, Mahilioŭ, vulica Krupskaj 99A"),
    ("Pre-trial detention center No. 2", "210026, Viciebsk, vulica Haharyna 2"),
]
PENALTIES = [
    "imprisonment in a general-security penal colony",
    "imprisonment in a medium-security penal colony",
    "imprisonment in a high security prison",
    'restricted freedom in an open penal facility ("khimiya")',
    'restricted freedom under home confinement ("domashnyaya khimiya")',
    "suspended imprisonment",
    "Compulsory treatment in a psychiatric hospital",
]


def day(r, first=2020, last=2023):
    return (date(first, 8, 9) + timedelta(days=r.randrange((last - first) * 365))).isoformat()


def surname(r, gender):
    return r.choice(ROOTS) + r.choice(
        {"male": ["au", "evich", "ski", "enia"], "female": ["ava", "evich", "skaya", "enia"]}[gender]
    )


def row(r, n):
    gender = r.choice(["male", "male", "male", "female"])
    first, last = r.choice(GIVEN[gender]), surname(r, gender)
    status = r.choices(["active", "former", "np"], [45, 30, 25])[0]
    place = r.choice(PLACES) if status == "active" and r.random() < 0.85 else ("", "")
    if status == "np" and r.random() < 0.1:
        place = ("Released awaiting the commencement of the sentence", "FALSE")
    arts = r.sample(ARTICLES, r.choice([1, 1, 1, 2, 3])) if r.random() < 0.95 else []
    decided = r.random() < 0.8
    d = {
        "id": n,
        "url": f"https://example.org/en/person/{first.lower()}-{last.lower()}",
        "name": f"{first} {last}",
        "status": status,
        "gender": gender,
        "photo": "FALSE" if r.random() < 0.5 else f"https://example.org/files/{n}.jpg",
        "description": r.choice(
            [
                "",
                "student, served full term, released",
                "taxi driver, sentenced to 4 1/2 years in prison",
                "sentenced to 18 months",
            ]
        ),
        "birthday": day(r, 1955, 2003) if r.random() < 0.55 else "",
        "arrested": day(r) if r.random() < 0.8 else "",
    }
    d |= {f"articles/{i}": arts[i] if i < len(arts) else "" for i in range(4)}
    d |= {
        "prison/title": place[0],
        "prison/address": place[1],
        "declaration": f"https://example.org/en/news/{100000 + n}" if r.random() < 0.7 else "",
        "decision": r.choice(["2 years", "2 1/2 years", "18 months", "13 years", "14 months", "4 1/2 years"])
        if decided
        else "",
        "penalty": r.choice(PENALTIES) if decided else "",
        "judge": f"{r.choice(GIVEN['female'])} {surname(r, 'female')}" if r.random() < 0.6 else "",
        "councel": f"{first} Abarontsau, Alena Zakonava" if r.random() < 0.15 else "",
        "penalty_start_date": day(r) if r.random() < 0.1 else "",
        "release_date": day(r, 2022) if status == "former" and r.random() < 0.6 else "",
        "verdict_date": day(r, 2021) if decided and r.random() < 0.8 else "",
        "appeal_date": day(r, 2021) if r.random() < 0.15 else "",
        "articles": "" if arts else "FALSE",
        "prison": "" if place[0] else "FALSE",
    }
    return d | {f"articles/{i}": "" for i in range(4, 13)}


def register(rows, seed):
    r = random.Random(seed)
    out = []
    n = 0
    while len(out) < rows:
        n += r.choice([1, 1, 1, 1, 2])
        d = row(r, n)
        kind = r.random()
        if kind < 0.02:  # unnamed people, as published
            d |= {
                "name": r.choice(["Defendant B.", "Citizen P.", "Defendant K."]),
                "birthday": "",
                "judge": "G.",
                "councel": "V.",
            }
        elif kind < 0.04 and out:  # the same person again, spelt otherwise, another id
            old = dict(r.choice(out))
            d = old | {
                "id": n,
                "name": old["name"].replace("ia", "ya").replace("au", "ov").replace("Zm", "Dm"),
                "url": old["url"] + "-1",
                "birthday": "",
            }
        elif kind < 0.05:  # many articles
            d |= {f"articles/{i}": ARTICLES[i % len(ARTICLES)] for i in range(13)}
        elif kind < 0.06:  # arrested after the verdict, a date that is none
            d |= {"arrested": "2023-06-01", "verdict_date": "2021-02-30"}
        elif kind < 0.07:  # active with an empty prison; died in custody
            d |= {"status": "former", "description": "died in custody", "release_date": ""}
        out.append(d)
    return out


if __name__ == "__main__":
    rows, seed = (int(a) for a in (sys.argv[1:] + ["150", "1"][len(sys.argv) - 1 :])[:2])
    json.dump(register(rows, seed), sys.stdout, ensure_ascii=False, indent=2)
