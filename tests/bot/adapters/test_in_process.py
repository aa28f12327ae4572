from __future__ import annotations

import json
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.rasa.in_process import InProcessActions
from bot.rasa.quick import spare_repeated_work


def call(action: str) -> dict[str, Any]:
    tracker = {
        "sender_id": "p", "slots": {}, "latest_message": {}, "events": [], "paused": False,
        "followup_action": None, "active_loop": {}, "latest_action_name": None,
    }  # fmt: skip
    return {"next_action": action, "tracker": tracker}


async def test_an_action_runs_here_and_answers_as_the_stock_server_would(
    tiny_actions: InProcessActions,
) -> None:
    result = await tiny_actions.request(json=call("action_tiny_count"))
    assert result is not None
    assert [r["text"] for r in result["responses"]] == ["1"]
    assert result["events"][0]["name"] == "count"


@pytest.mark.parametrize("action", ["action_tiny_fail", "action_that_nobody_wrote"])
async def test_a_failure_is_an_apology_and_nothing_of_a_half_answer(
    tiny_actions: InProcessActions, action: str
) -> None:
    result = await tiny_actions.request(json=call(action))
    assert result == {"events": [], "responses": [{"response": "utter_error"}]}


async def test_an_action_that_refuses_to_run_is_told_to_rasa_in_its_own_form(
    tiny_actions: InProcessActions,
) -> None:
    def refuse(dispatcher: Any, tracker: Any, domain: Any) -> None:
        raise ActionExecutionRejection("action_refuse", "not now")

    tiny_actions._executor.register_function("action_refuse", refuse)
    with pytest.raises(ClientResponseError) as error:
        await tiny_actions.request(json=call("action_refuse"))
    assert error.value.status == 400
    assert json.loads(error.value.text)["action_name"] == "action_refuse"


def test_the_quick_check_still_refuses_what_the_stock_one_refuses() -> None:
    spare_repeated_work()
    action = RemoteAction("action_x", None)
    assert action._validate_action_result({"events": [], "responses": []})
    for wrong in ({"events": [{"no": "event"}]}, {"responses": ["text"]}, []):
        with pytest.raises((TypeError, LookupError, AttributeError)):
            action._validate_action_result(wrong)
