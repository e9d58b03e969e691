"""The option ``:args:``: keywords with literal values, as in a call."""

import ast
import json


class PageError(ValueError):
    """Something that a page cannot say; the message tells what it can."""


def parse_arguments(text: str) -> str:
    """Read ``seed=1, kind="xor"``.

    Parameters
    ----------
    text : str
        What stands between the brackets of a call.

    Returns
    -------
    str
        Canonical JSON of the keywords: the doctree and the domain keep plain text.

    Raises
    ------
    PageError
        If it is no list of keywords, or a value is no literal.
    """
    try:
        return json.dumps(_keywords(text.strip()), sort_keys=True, allow_nan=False)
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):  # nested too deeply
        raise PageError(
            f":args: {text.strip()!r} is not a list like 'seed=1, kind=\"xor\"': "
            "names with numbers, strings, True, False or lists of these"
        ) from None


def _keywords(text: str) -> dict[str, object]:
    call = ast.parse(f"f({text})", mode="eval").body
    if not isinstance(call, ast.Call) or call.args or not isinstance(call.func, ast.Name):
        raise TypeError(text)
    if any(keyword.arg is None for keyword in call.keywords):
        raise TypeError(text)
    return {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in call.keywords}
