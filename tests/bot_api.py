"""A Bot API server on loopback that refuses what Telegram refuses, and fails when told to."""

from __future__ import annotations

import asyncio
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.bot_api_content import Refused, buttons, content_of, markup_of, units

__all__ = ["ME", "TOKEN", "BotApi", "buttons", "units"]

TOKEN = "42:TEST-token_of-the-double"
ME = {"id": 42, "is_bot": True, "first_name": "Mouwakib", "username": "mouwakib_bot"}
PATIENCE = 30.0
"""Seconds that a test waits for the bot at most."""

OVERALL, IN_A_CHAT = 30, 20
"""Messages allowed in one second, of the bot in all and as a burst in one chat."""


@dataclass
class Fault:
    """What happens to a call: a refusal, a connection cut before or after, a delay (seconds)."""

    refusal: Refused | None = None
    cut: str = ""
    delay: float = 0.0


@dataclass
class BotApi:
    """The server's state, open to tests."""

    token: str = TOKEN
    begun: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    blocked: set[int] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    texts_of_bot: dict[tuple[str, str], str] = field(default_factory=dict)
    deliveries: list[int] = field(default_factory=list)
    before: dict[str, Callable[[], None]] = field(default_factory=dict)
    on_sent: Callable[[int], None] = lambda _chat: None
    flood_limits: bool = False
    port: int = 0

    def __post_init__(self) -> None:
        self._updates: list[dict[str, Any]] = []
        self._chats: dict[int, dict[str, Any]] = {}
        self._queries: set[str] = set()
        self._next_update, self._next_message = 700, 1
        self._changed = asyncio.Condition()
        self._poll: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None
        self._courier: asyncio.Task[None] | None = None
        self._sent_at: deque[float] = deque(maxlen=OVERALL)
        self._sent_to: dict[int, tuple[float, float]] = {}

    # Running

    @property
    def url(self) -> str:
        """What ``TELEGRAM_API_URL`` is set to."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Listen; after a stop, on the same port."""
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Go away, and cut the poll that waits."""
        if self._courier is not None:
            self._courier.cancel()
        if self._runner is not None:
            if self._poll is not None:
                self._poll.set()
            await self._runner.cleanup()
            self._runner = None

    def fail(
        self, method: str, status: int, description: str = "", times: int = 1, **parameters: int
    ) -> None:
        """Refuse the next calls of a method."""
        refusal = Refused(status, description or f"Error {status}", **parameters)
        self.faults[method].extend([Fault(refusal)] * times)

    def cut(self, method: str, after: bool) -> None:
        """Cut the connection of the next call, before or after it has been carried out."""
        self.faults[method].append(Fault(cut="after" if after else "before"))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """Carry the next calls out, but answer late."""
        self.faults[method].extend([Fault(delay=seconds)] * times)

    # What people do

    async def say(
        self, text: str | None = None, chat: int = 1001, key: str = "message", **fields: Any
    ) -> dict[str, Any]:
        """Send a message to the bot; ``fields`` go into the message. Returns the update."""
        edits = fields.pop("edits", None)
        person = {"id": fields.pop("user", abs(chat)), "is_bot": False, "first_name": "Amina"}
        person["language_code"] = fields.pop("locale", "fr")
        kind = fields.pop("chat_type", "private")
        where = {"id": chat, "type": kind}
        self._chats[chat] = where
        message = {"message_id": self._message_id(), "date": 1_700_000_000, "chat": where}
        message |= {"from": person} | ({} if text is None else {"text": text}) | fields
        if edits is not None:
            message["message_id"] = edits["message"]["message_id"]
        if key == "edited_message":
            message["edit_date"] = 1_700_000_001
        return await self.update({key: message})

    async def press(
        self, message: dict[str, Any], title: str, accessible: bool = True
    ) -> dict[str, Any]:
        """Press a button under a message of the bot. Returns the update."""
        [data] = [d for t, d in buttons(message) if t == title]
        return await self.press_data(message, data, accessible)

    async def press_data(
        self, message: dict[str, Any], data: str, accessible: bool = True
    ) -> dict[str, Any]:
        """Press a button with ``data``, also one that no longer stands there."""
        id_ = f"query-{self._next_update}"
        self._queries.add(id_)
        chat = message["chat"]
        person = {"id": abs(chat["id"]), "is_bot": False, "first_name": "Amina"}
        under = message if accessible else {**_only(message, "message_id", "chat"), "date": 0}
        query = {"id": id_, "from": person | {"language_code": "fr"}, "message": under}
        query |= {"chat_instance": "1", "data": data}
        return await self.update({"callback_query": query})

    async def update(self, content: dict[str, Any]) -> dict[str, Any]:
        """Deliver an update; without an ``update_id`` it gets the next one."""
        update = {"update_id": self._next_update, **json.loads(json.dumps(content))}
        self._next_update = max(self._next_update, update["update_id"]) + 1
        await self.updates(update)
        return update

    async def updates(self, *updates: dict[str, Any]) -> None:
        """Deliver updates together, in this order."""
        async with self._changed:
            self._updates.extend(updates)
            self._changed.notify_all()

    def forget_updates(self) -> None:
        """Take back what has not been fetched."""
        self._updates.clear()

    # What tests see

    def called(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of a method."""
        return [given for name, given in self.calls if name == method]

    @property
    def texts(self) -> list[str]:
        """The texts of what the bot has sent, as they stand now."""
        return [message["text"] for message in self.sent]

    def asked(self, method: str) -> list[dict[str, Any]]:
        """Return the parameters of every call of a method, also of those not answered yet."""
        return [given for name, given in self.begun if name == method]

    def sent_to(self, chat: int) -> list[dict[str, Any]]:
        """Return what the bot has sent in one chat."""
        return [message for message in self.sent if message["chat"]["id"] == chat]

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something holds; fail if it does not in time."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(holds), seconds)

    async def until_sent(self, count: int, seconds: float = PATIENCE) -> list[dict[str, Any]]:
        """Wait until the bot has sent ``count`` messages in all; return them."""
        await self.until(lambda: len(self.sent) >= count, seconds)
        return self.sent

    async def until_sent_to(self, chat: int, seconds: float = PATIENCE) -> None:
        """Wait until the bot has sent something in a chat."""
        await self.until(lambda: bool(self.sent_to(chat)), seconds)

    # The server

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            given = _fields(dict(await request.post()))
            result = await self._result(request.match_info["token"], method, given)
        except Refused as refused:
            body: dict[str, Any] = {"ok": False, "error_code": refused.status}
            body["description"] = refused.description
            if refused.parameters:
                body["parameters"] = refused.parameters
            return web.json_response(body, status=refused.status)
        except ConnectionError:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _result(self, token: str, method: str, given: dict[str, Any]) -> Any:
        if token != self.token:
            raise Refused(401, "Unauthorized")
        async with self._changed:
            self.begun.append((method, given))
            self._changed.notify_all()
        if method in self.before:
            self.before.pop(method)()
        fault = self.faults[method].popleft() if self.faults[method] else Fault()
        if fault.refusal is not None:
            raise fault.refusal
        if fault.cut == "before":
            raise ConnectionError
        result = await self._carry_out(method, given)
        await asyncio.sleep(fault.delay)
        if fault.cut:
            raise ConnectionError
        return result

    async def _carry_out(self, method: str, given: dict[str, Any]) -> Any:
        work = getattr(self, f"_do_{method}", None)
        if work is None:
            raise Refused(404, "Not Found: method not found")
        result = work(given)
        if asyncio.iscoroutine(result):
            result = await result
        async with self._changed:
            self.calls.append((method, given))
            self._changed.notify_all()
        return result

    def _do_getMe(self, _: dict[str, Any]) -> dict[str, Any]:
        return ME | {"can_join_groups": True, "can_read_all_group_messages": False}

    def _do_deleteWebhook(self, _: dict[str, Any]) -> bool:
        self.webhook = {}
        if self._courier is not None:
            self._courier.cancel()
            self._courier = None
        return True

    def _do_setWebhook(self, given: dict[str, Any]) -> bool:
        if not re.match(r"https://|http://127\.0\.0\.1:", given["url"]):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "")):
            raise Refused(400, "Bad Request: secret token contains unallowed characters")
        self._do_deleteWebhook({})
        self.webhook = given
        self._courier = asyncio.ensure_future(self._bring())
        return True

    def _do_getWebhookInfo(self, _: dict[str, Any]) -> dict[str, Any]:
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return info | {"pending_update_count": len(self._updates)}

    async def _bring(self) -> None:
        """Bring updates to the webhook one by one, each until it is taken."""
        async with ClientSession() as client:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self._updates)
                status = await self._post(client, self._updates[0])
                async with self._changed:
                    self.deliveries.append(status)
                    if 200 <= status < 300:
                        self._updates.pop(0)
                    self._changed.notify_all()
                await asyncio.sleep(0 if status < 300 else 0.05)

    async def _post(self, client: ClientSession, update: dict[str, Any]) -> int:
        secret = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        try:
            async with client.post(self.webhook["url"], json=update, headers=secret) as answer:
                return answer.status
        except ClientError:
            return 599

    async def _do_getUpdates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        if self.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll is not None:
            self._poll.set()  # the newer poll ends the older
        poll = self._poll = asyncio.Event()
        wanted = {"message", "edited_message", "callback_query"}
        wanted = set(given.get("allowed_updates") or wanted)
        self._updates = [u for u in self._updates if u["update_id"] >= given.get("offset", 0)]
        waits_until = asyncio.get_running_loop().time() + float(given.get("timeout", 0))
        while not poll.is_set():
            found = [u for u in self._updates if wanted & set(u) or len(u) == 1]
            if found or asyncio.get_running_loop().time() > waits_until:
                self._poll = None
                return found[:100]
            async with self._changed:
                try:
                    await asyncio.wait_for(self._changed.wait(), 0.05)
                except asyncio.TimeoutError:
                    continue
        raise Refused(409, "Conflict: terminated by other getUpdates request")

    def _do_setMyCommands(self, given: dict[str, Any]) -> bool:
        for command in given["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Refused(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refused(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        language = given.get("language_code", "")
        if not re.fullmatch(r"([a-z]{2})?", language):
            raise Refused(400, "Bad Request: language code is invalid")
        self.commands[language] = given["commands"]
        return True

    def _do_getMyCommands(self, given: dict[str, Any]) -> list[dict[str, str]]:
        return self.commands.get(given.get("language_code", ""), [])

    def _do_setMyDescription(self, given: dict[str, Any]) -> bool:
        return self._keep_text("description", 512, given)

    def _do_getMyDescription(self, given: dict[str, Any]) -> dict[str, str]:
        return self._kept_text("description", given)

    def _do_setMyShortDescription(self, given: dict[str, Any]) -> bool:
        return self._keep_text("short_description", 120, given)

    def _do_getMyShortDescription(self, given: dict[str, Any]) -> dict[str, str]:
        return self._kept_text("short_description", given)

    def _keep_text(self, name: str, longest: int, given: dict[str, Any]) -> bool:
        if len(given.get(name, "")) > longest:
            raise Refused(400, f"Bad Request: {name} is too long")
        self.texts_of_bot[name, given.get("language_code", "")] = given.get(name, "")
        return True

    def _kept_text(self, name: str, given: dict[str, Any]) -> dict[str, str]:
        return {name: self.texts_of_bot.get((name, given.get("language_code", "")), "")}

    def _do_sendChatAction(self, given: dict[str, Any]) -> bool:
        self._chat(given)
        if given["action"] != "typing":
            raise Refused(400, "Bad Request: wrong parameter action in request")
        return True

    def _do_answerCallbackQuery(self, given: dict[str, Any]) -> bool:
        if given["callback_query_id"] not in self._queries:
            raise Refused(400, "Bad Request: query is too old and response timeout expired")
        self._queries.discard(given["callback_query_id"])
        return True

    def _do_sendMessage(self, given: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(given)
        self._count(chat["id"])
        message = {"message_id": self._message_id(), "date": 1_700_000_000, "chat": chat}
        message |= {"from": ME} | content_of(given)
        self.sent.append(message)
        self.on_sent(chat["id"])
        return message

    async def _do_sendDocument(self, given: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(given)
        self._count(chat["id"])
        file = given["document"]
        document = {"file_id": "1", "file_unique_id": "1", "file_name": file.filename}
        message = {"message_id": self._message_id(), "date": 1_700_000_000, "chat": chat}
        message |= {"from": ME, "document": document}
        self.files.append(file.file.read())
        self.sent.append(message)
        self.on_sent(chat["id"])
        return message

    def _count(self, chat: int) -> None:
        """Refuse what goes over Telegram's flood limits."""
        now = asyncio.get_running_loop().time()
        left, since = self._sent_to.get(chat, (float(IN_A_CHAT), now))
        left = min(float(IN_A_CHAT), left + now - since)
        full = len(self._sent_at) == OVERALL and now - self._sent_at[0] < 1
        if self.flood_limits and (left < 0.9 or full):  # a little early may be the network's doing
            raise Refused(429, "Too Many Requests: retry after 3", retry_after=3)
        self._sent_to[chat] = (left - 1, now)
        self._sent_at.append(now)

    def _do_editMessageText(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self._message(given)
        kept = {key: value for key, value in message.items() if key in _KEPT}
        return self._change(message, kept | content_of(given))

    def _do_editMessageReplyMarkup(self, given: dict[str, Any]) -> dict[str, Any]:
        message = self._message(given)
        kept = {k: v for k, v in message.items() if k != "reply_markup"}
        markup = markup_of(given)
        return self._change(message, kept | ({"reply_markup": markup} if markup else {}))

    @staticmethod
    def _change(message: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
        if new == message:
            raise Refused(400, "Bad Request: message is not modified")
        message.clear()
        message.update(new)
        return message

    def _chat(self, given: dict[str, Any]) -> dict[str, Any]:
        chat = given["chat_id"]
        if chat in self.moved:
            to = self.moved[chat]
            raise Refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=to)
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        if chat not in self._chats:
            raise Refused(400, "Bad Request: chat not found")
        return self._chats[chat]

    def _message(self, given: dict[str, Any]) -> dict[str, Any]:
        chat = self._chat(given)["id"]
        for message in self.sent:
            if (message["chat"]["id"], message["message_id"]) == (chat, given["message_id"]):
                return message
        raise Refused(400, "Bad Request: message to edit not found")

    def _message_id(self) -> int:
        self._next_message += 1
        return self._next_message


_KEPT = ("message_id", "date", "chat", "from")


def _only(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: data[key] for key in keys}


def _fields(form: dict[str, Any]) -> dict[str, Any]:
    """Read form fields as Telegram does: JSON where it is, text where it is not."""
    structured = {"reply_markup", "entities", "commands", "allowed_updates", "reply_parameters"}
    numbers = {"chat_id", "message_id", "offset", "timeout"}
    read: dict[str, Any] = {}
    for name, value in form.items():
        read[name] = json.loads(value) if name in structured | numbers else value
    return read
