"""`RequestOptions`: what a request of a download carries besides its address."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypedDict


class RequestOptions(TypedDict, total=False):
    """Keyword arguments of every request of `HttpClient`, each optional.

    Attributes:
        params: Fields of the query, which replace the one in the address.
        headers: Further header fields.
        referer: Address of the page that a browser would come from.
        cookies: Cookies of this request, besides those of the operator and of earlier responses. A redirect to another
            host does not take them along.
    """

    params: Mapping[str, str | int]
    headers: Mapping[str, str]
    referer: str
    cookies: Mapping[str, str]


def build_arguments(options: RequestOptions, headers: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Return the options as arguments of `HttpSession.open`.

    Args:
        options: The options of the call.
        headers: Header fields that the options cannot replace.
    """
    referer = {"Referer": options["referer"]} if "referer" in options else {}
    return {
        "params": options.get("params"),
        "headers": {**options.get("headers", {}), **referer, **headers},
        "cookies": options.get("cookies", {}),
    }
