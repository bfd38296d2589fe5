"""X's refusals that its stand-in does not show."""

import json

import pytest

from boss_bot_core import errors
from boss_bot_gallerydl.engine import Answer, Evidence
from boss_bot_twitter._refusals import explain


def said(value: object) -> Evidence:
    return Evidence(answer=Answer(host="x.com", status=200, headers={}, body=json.dumps(value)))


def unavailable(**result: object) -> Evidence:
    return said({"data": {"tweetResult": {"result": result}}})


@pytest.mark.parametrize(
    ("evidence", "error"),
    [
        (said({"errors": [{"code": 144, "message": "No status found with that ID."}]}), errors.NotFoundError),
        (said({"errors": [{"code": 63}]}), errors.PermissionDeniedError),
        (said({"errors": [{"code": 88}]}), errors.RateLimitError),
        (said({"errors": [{"code": 999}, {"code": 326}]}), errors.AuthRequiredError),
        (unavailable(reason="Protected"), errors.AuthRequiredError),
        (unavailable(reason="BrandNewReason"), errors.NotFoundError),
        (
            unavailable(tombstone={"text": {"text": "Age-restricted adult content. Learn more"}}),
            errors.AuthRequiredError,
        ),
        (
            unavailable(tombstone={"richText": {"text": "You\u2019re unable to view this Post. Learn more"}}),
            errors.PermissionDeniedError,
        ),
        (unavailable(tombstone={}), errors.NotFoundError),
    ],
)
def test_a_refusal_has_its_error(evidence: Evidence, error: type[Exception]) -> None:
    assert type(explain(evidence)) is error


def test_xs_own_words_are_kept() -> None:
    found = explain(unavailable(tombstone={"text": {"text": "This Post was deleted by its author. Learn more"}}))
    assert found is not None
    assert found.message == "X says: This Post was deleted by its author."


@pytest.mark.parametrize(
    "value", [[], "text", 3, None, {}, {"errors": "text"}, {"errors": ["text", {"code": "32"}]}, {"data": []},
              {"data": {"tweetResult": []}}, {"data": {"tweetResult": {"result": {"__typename": "Tweet"}}}}]
)  # fmt: skip
def test_anything_else_is_no_refusal(value: object) -> None:
    assert explain(said(value)) is None


def test_what_is_no_json_is_no_refusal() -> None:
    assert explain(Evidence()) is None
    assert explain(Evidence(answer=Answer(host="x.com", status=429, headers={}, body="Rate limit exceeded"))) is None
