"""Translation of those refusals of X that the simulated X does not send."""

import json

import pytest

from boss_bot_core import errors
from boss_bot_gallerydl.engine import ResponseSummary, TrafficRecord
from boss_bot_twitter._errors import find_x_error


def build_traffic(value: object) -> TrafficRecord:
    return TrafficRecord(response=ResponseSummary(host="x.com", status=200, headers={}, body=json.dumps(value)))


def build_unavailable(**result: object) -> TrafficRecord:
    return build_traffic({"data": {"tweetResult": {"result": result}}})


@pytest.mark.parametrize(
    ("traffic", "error"),
    [
        (build_traffic({"errors": [{"code": 144, "message": "No status found with that ID."}]}), errors.NotFoundError),
        (build_traffic({"errors": [{"code": 63}]}), errors.PermissionDeniedError),
        (build_traffic({"errors": [{"code": 88}]}), errors.RateLimitError),
        (build_traffic({"errors": [{"code": 999}, {"code": 326}]}), errors.AuthRequiredError),
        (build_unavailable(reason="Protected"), errors.AuthRequiredError),
        (build_unavailable(reason="BrandNewReason"), errors.NotFoundError),
        (
            build_unavailable(tombstone={"text": {"text": "Age-restricted adult content. Learn more"}}),
            errors.AuthRequiredError,
        ),
        (
            build_unavailable(tombstone={"richText": {"text": "You\u2019re unable to view this Post. Learn more"}}),
            errors.PermissionDeniedError,
        ),
        (build_unavailable(tombstone={}), errors.NotFoundError),
    ],
)
def test_a_refusal_is_translated(traffic: TrafficRecord, error: type[Exception]) -> None:
    assert type(find_x_error(traffic)) is error


def test_the_words_of_x_are_quoted() -> None:
    found = find_x_error(
        build_unavailable(tombstone={"text": {"text": "This Post was deleted by its author. Learn more"}})
    )
    assert found is not None
    assert found.message == "X says: This Post was deleted by its author."


@pytest.mark.parametrize(
    "value", [[], "text", 3, None, {}, {"errors": "text"}, {"errors": ["text", {"code": "32"}]}, {"data": []},
              {"data": {"tweetResult": []}}, {"data": {"tweetResult": {"result": {"__typename": "Tweet"}}}}]
)  # fmt: skip
def test_other_json_is_no_refusal(value: object) -> None:
    assert find_x_error(build_traffic(value)) is None


def test_a_body_without_json_is_no_refusal() -> None:
    plain_text = ResponseSummary(host="x.com", status=429, headers={}, body="Rate limit exceeded")
    assert find_x_error(TrafficRecord()) is None
    assert find_x_error(TrafficRecord(response=plain_text)) is None
