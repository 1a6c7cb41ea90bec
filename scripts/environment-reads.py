"""Finds every environment variable that a LightLLM checkout reads, over Python's syntax, without running it.

    python3 scripts/environment-reads.py <checkout> --name v1.3.0 [--into test/data/environment-reads.json]

A read is `os.getenv(X)`, `os.environ.get(X)`, `os.environ[X]`, `X in os.environ` and the like, over however many lines.
X may be a constant of the module or of another one, or the parameter of a helper function: then the calls of the helper
are reads. Prints, or writes under the name, each variable with the places that read it.
"""
import argparse
import ast
import json
import sys
from pathlib import Path

ENVIRONMENT_METHODS = {"get", "pop", "setdefault", "__getitem__", "__contains__"}


def constants(tree):
    """The strings that are bound to a name once, anywhere in a module."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found[target.id] = None if target.id in found else node.value.value
    return {name: text for name, text in found.items() if text is not None}


def is_environ(node):
    """`os.environ`, or `environ` alone."""
    return isinstance(node, ast.Attribute) and node.attr == "environ" or isinstance(node, ast.Name) and node.id == "environ"


def called(node):
    """The last name of what is called."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)


class Module(ast.NodeVisitor):
    """The reads of one module: by the expression that names the variable, and the function around it."""

    def __init__(self, tree):
        self.functions = []
        self.reads = []
        self.calls = []
        self.visit(tree)

    def visit_FunctionDef(self, node):
        self.functions.append(node)
        self.generic_visit(node)
        self.functions.pop()

    visit_AsyncFunctionDef = visit_FunctionDef

    def read(self, name, node):
        self.reads.append((name, node.lineno, self.functions[-1] if self.functions else None))

    def visit_Call(self, node):
        function = node.func
        if node.args:
            if called(node) == "getenv":
                self.read(node.args[0], node)
            elif isinstance(function, ast.Attribute) and is_environ(function.value) and function.attr in ENVIRONMENT_METHODS:
                self.read(node.args[0], node)
        self.calls.append((node, self.functions[-1] if self.functions else None))
        self.generic_visit(node)

    def visit_Subscript(self, node):
        if is_environ(node.value) and isinstance(node.ctx, ast.Load):
            self.read(node.slice, node)
        self.generic_visit(node)

    def visit_Compare(self, node):
        if any(isinstance(op, (ast.In, ast.NotIn)) and is_environ(right) for op, right in zip(node.ops, node.comparators)):
            self.read(node.left, node)
        self.generic_visit(node)


def parameters(function):
    arguments = function.args
    return [one.arg for one in arguments.posonlyargs + arguments.args + arguments.kwonlyargs]


def argument(call, function, position):
    """What a call passes for a parameter; methods have `self` before."""
    names = parameters(function)
    name = names[position]
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    at = position - (1 if names[:1] in (["self"], ["cls"]) else 0)
    return call.args[at] if 0 <= at < len(call.args) else None


def reads_of(checkout):
    """By variable, the places `file:line` that read it, below lightllm/."""
    root = Path(checkout) / "lightllm"
    modules = {}
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules[path.relative_to(root).as_posix()] = (Module(tree), constants(tree))
    shared = {}
    for _, own in modules.values():
        for name, text in own.items():
            shared[name] = None if shared.get(name, text) != text else text
    found, helpers = {}, {}

    def note(expression, file, line, function, own):
        if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
            found.setdefault(expression.value, set()).add((file, line))
        elif isinstance(expression, ast.Name):
            if function and expression.id in parameters(function):
                helpers[function.name] = (function, parameters(function).index(expression.id))
            elif text := own.get(expression.id) or shared.get(expression.id):
                found.setdefault(text, set()).add((file, line))
        elif isinstance(expression, ast.Attribute) and (text := shared.get(expression.attr)):
            found.setdefault(text, set()).add((file, line))
        elif isinstance(expression, ast.IfExp):
            note(expression.body, file, line, function, own)
            note(expression.orelse, file, line, function, own)

    for file, (module, own) in modules.items():
        for expression, line, function in module.reads:
            note(expression, file, line, function, own)
    seen = set()
    while set(helpers) - seen:
        new = set(helpers) - seen
        seen |= new
        for file, (module, own) in modules.items():
            for call, function in module.calls:
                if called(call) in new:
                    helper, position = helpers[called(call)]
                    given = argument(call, helper, position)
                    if given is not None:
                        note(given, file, call.lineno, function, own)
    return {name: [f"{file}:{line}" for file, line in sorted(places)] for name, places in sorted(found.items())}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkout")
    parser.add_argument("--name", required=True, help="the release that the checkout is")
    parser.add_argument("--into", help="a JSON file that gets the result under the name")
    arguments = parser.parse_args()
    result = reads_of(arguments.checkout)
    if not arguments.into:
        json.dump(result, sys.stdout, indent=1)
        return
    path = Path(arguments.into)
    known = json.loads(path.read_text()) if path.exists() else {}
    known[arguments.name] = result
    path.write_text(json.dumps(known, indent=1) + "\n")


if __name__ == "__main__":
    main()
