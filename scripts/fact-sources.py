#!/usr/bin/env python3
"""Compares the sources in schemas/ with LightLLM's code: those of facts in flags/, environment.yaml and model-code/, of
moves/ and changes/, and of beginnings.yaml.

    python3 scripts/fact-sources.py <LightLLM checkout or git directory> [--show] \\
        [--commit main-2026-08=87881ae7c] [--commit main-2025-07=fc72ffab9] [--sample 60 --seed 1] [name ...]

Prints sources whose file or lines do not exist, facts that claim to hold in a release whose code has other lines than
the source and for which no source is given, and beginnings whose source does not name their flag or variable. --show
prints the lines of each source. --sample prints so many facts at random with their lines, to be traced by somebody who
did not write them; test/data/traces.yaml says what was found. The exit status is 1 if a source is wrong.
"""
import argparse
import functools
import json
import pathlib
import random
import re
import subprocess
import sys

import yaml

ROOT = pathlib.Path(__file__).parent.parent
# Documents and scripts of LightLLM: what they show holds whether or not a release has them.
EXAMPLES = ("docs/", "test/")
PLACE = re.compile(r"^(v[0-9.]+|main-[0-9-]+) ([^ :]+):([0-9]+)(?:-([0-9]+))?$")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout")
    parser.add_argument("names", nargs="*", help="flags and variables; all without")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--sample", type=int, metavar="N", help="print N facts at random with their lines")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--commit", action="append", default=[], metavar="RELEASE=COMMIT", help="of a snapshot")
    return parser.parse_intermixed_args()


def releases():
    """The releases from old to new: name, date, flags."""
    found = [json.loads(path.read_text()) for path in (ROOT / "schemas/releases").glob("*.json")]
    return sorted(found, key=lambda release: release["date"])


class Code:
    """LightLLM's code by release: a tag, or a commit that is given."""

    def __init__(self, checkout, commits):
        self.checkout = checkout
        self.commits = commits

    def git(self, *words):
        return subprocess.run(["git", "-C", self.checkout, *words], capture_output=True, text=True)

    @functools.cache
    def lines(self, release, path, folder="lightllm/"):
        folder = "" if path.startswith(EXAMPLES) else folder
        shown = self.git("show", f"{self.commits.get(release, release)}:{folder}{path}")
        return shown.stdout.splitlines() if shown.returncode == 0 else None

    def excerpt(self, source, folder="lightllm/"):
        """The lines of a source; None if it names lines that do not exist, [] if it names none."""
        found = PLACE.match(source)
        if not found:
            return []
        release, path, first, last = found.groups()
        lines = self.lines(release, path, folder)
        start, end = int(first), int(last or first)
        return None if lines is None or not start <= end <= len(lines) else lines[start - 1 : end]

    @functools.cache
    def stripped(self, release, path):
        return [line.strip() for line in self.lines(release, path) or []]

    def has(self, release, path, wanted):
        """Whether a file has some lines one after the other, indented anyhow."""
        lines = self.stripped(release, path)
        return any(lines[at : at + len(wanted)] == wanted for at in range(len(lines) - len(wanted) + 1))


def facts_of(doc):
    """All facts of a documentation: where they stand, their sentence, releases and sources."""
    text = doc["en"]
    if "source" in doc:
        yield "summary", text["summary"], None, doc["source"]
    for part in ("details", "derived", "interacts", "traps"):
        for fact in text.get(part, []) if isinstance(text.get(part), list) else []:
            yield part, fact["say"], fact.get("releases"), fact["source"]
    for word, meaning in text.get("values", {}).items():
        for fact in meaning if isinstance(meaning, list) else [meaning]:
            if isinstance(fact, dict):
                yield word, fact["say"], fact.get("releases"), fact["source"]


def print_sample(docs, code, count, seed):
    """Prints facts at random, each with its releases and the lines of its sources."""
    facts = [(name, *fact) for name, doc in docs.items() for fact in facts_of(doc) if fact[-1] != "advice"]
    for name, part, say, span, source in random.Random(seed).sample(facts, count):
        print(f"## {name} {part} [{span or 'all'}]: {' '.join(say.split())}")
        for one in source if isinstance(source, list) else [source]:
            print("\n".join([f"    {one}", *(code.excerpt(one) or [])]))


def covered(span, names):
    if span is None:
        return names
    first, _, last = span.partition("..") if ".." in span else (span, "", span)
    return names[names.index(first) if first else 0 : (names.index(last) if last else len(names) - 1) + 1]


def other_sources():
    """The sources that stand alone: what each is about, where its path begins, its text."""
    for path in sorted((ROOT / "schemas/model-code").glob("*.yaml")):
        for model, facts in (yaml.safe_load(path.read_text()).get("types") or {}).items():
            for name, fact in (facts or {}).items():
                if isinstance(fact, dict):
                    yield f"{path.stem} {model} {name}", "lightllm/", fact["source"]
    for path in sorted((ROOT / "schemas/moves").glob("[vm]*.yaml")):
        written = yaml.safe_load(path.read_text())
        if "quantizationFile" in written:
            for source in written["quantizationFile"]["source"]:
                yield f"moves {path.stem} quantizationFile", "lightllm/", source
        for way in ("forward", "back"):
            for move in written[way]:
                name = move.get("flag") or move.get("variable") or "every launch"
                for source in move["source"]:
                    yield f"moves {path.stem} {way} {name}: {move['say'][:60]}", "lightllm/", source
    kept = yaml.safe_load((ROOT / "schemas/moves/kept-defaults.yaml").read_text())
    never = yaml.safe_load((ROOT / "schemas/moves/never-released.yaml").read_text())
    named = [*kept.items(), *((" ".join([one["flag"], one.get("value", "")]).strip(), one) for one in never)]
    for name, fact in named:
        for source in fact["source"]:
            yield f"moves {name}", "lightllm/", source
    for path in sorted((ROOT / "schemas/changes").glob("*.yaml")):
        for change in yaml.safe_load(path.read_text())["changes"]:
            for source in change["source"]:
                yield f"changes {path.stem} {change['about']}", "lightllm/", source


def check_other_sources(code, show):
    """Prints the sources of moves, changes, models and beginnings that name no line; returns how many."""
    wrong = 0
    for head, folder, source in other_sources():
        lines = code.excerpt(source, folder)
        if lines is None:
            wrong += 1
            print(f"{head}\n    {source}: there is no such line")
        elif show:
            print("\n".join([head, f"    {source}", *lines]))
    for entry in yaml.safe_load((ROOT / "schemas/beginnings.yaml").read_text())["entries"]:
        if "source" not in entry:
            continue
        lines = code.excerpt(entry["source"], "")
        name = entry.get("flag") or entry["env"]
        if lines is None or (lines and not any(name in line for line in lines)):
            wrong += 1
            print(f"beginnings {entry['id']}\n    {entry['source']}: no line there has {name}")
        elif show:
            print("\n".join([f"beginnings {entry['id']}", f"    {entry['source']}", *lines]))
    return wrong


def main():
    given = arguments()
    known = releases()
    names = [release["name"] for release in known]
    code = Code(given.checkout, dict(pair.split("=") for pair in given.commit))
    wrong = 0 if given.names or given.sample else check_other_sources(code, given.show)
    variables = json.loads((ROOT / "schemas/environment.json").read_text())
    having = {name: set(facts["releases"]) for name, facts in variables.items()}
    for release in known:
        for flag in release["flags"]:
            having.setdefault(flag["name"].lstrip("-"), set()).add(release["name"])
    documents = [*sorted((ROOT / "schemas/flags").glob("*.yaml")), ROOT / "schemas/environment.yaml"]
    docs = {name: doc for path in documents for name, doc in yaml.safe_load(path.read_text()).items()}
    if given.sample:
        return print_sample(docs, code, given.sample, given.seed)
    for name, doc in docs.items():
        if given.names and name not in given.names:
            continue
        for part, say, span, source in facts_of(doc):
            sources = source if isinstance(source, list) else [source]
            parsed = [found.groups() for found in map(PLACE.match, sources) if found]
            head = f"{name} {part}: {say[:90]}"
            excerpts = []
            for release, path, first, last in parsed:
                lines = code.excerpt(f"{release} {path}:{first}" + (f"-{last}" if last else ""))
                if lines is None:
                    wrong += 1
                    print(f"{head}\n    {release} {path}:{first}: there is no such line")
                    continue
                if not path.startswith(EXAMPLES):
                    excerpts.append((path, [line.strip() for line in lines]))
                if given.show:
                    print("\n".join([head, f"    {release} {path}:{first}", *lines]))
            sourced = {release for release, *_ in parsed}
            for release in covered(span, names):
                if not excerpts or release in sourced or release not in having.get(name, names):
                    continue
                if not any(code.has(release, path, wanted) for path, wanted in excerpts):
                    wrong += 1
                    print(f"{head}\n    {release} has none of the lines of {', '.join(sources)}")
    sys.exit(1 if wrong > 0 else 0)


main()
