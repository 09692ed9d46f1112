"""What may follow a dot after a value of a known kind (language reference, 3.3 and 6.1)."""

from __future__ import annotations

from nexa.compiler.builtins.signature import Builtin, table

_SQL = """
query(sql: str, params?: list) -> list[dict] ! :: The rows of a query.
query_one(sql: str, params?: list) -> dict? ! :: The first row of a query, or null.
execute(sql: str, params?: list) -> int ! :: Runs a statement; the number of rows it touched.
begin() -> unit ! :: Starts a transaction.
commit() -> unit ! :: Keeps what the transaction did.
rollback() -> unit ! :: Undoes what the transaction did.
close() -> unit :: Closes the database.
"""

_KV = """
get(key: str) -> any? :: The value of a key, or null.
get_int(key: str) -> int? :: The value of a key as a whole number, or null.
get_str(key: str) -> str? :: The value of a key as text, or null.
get_json(key: str) -> any? :: The value of a key read as JSON, or null.
set(key: str, value: any, ttl: int? = null) -> bool ! :: Stores a value, for `ttl` seconds if given.
set_nx(key: str, value: any, ttl: int? = null) -> bool ! :: Stores a value unless the key has one.
del(key: str) -> bool :: Removes a key.
has(key: str) -> bool :: Whether the key has a value.
list(prefix: str = "") -> list[str] :: The keys that begin with the prefix.
expire(key: str, ttl: int) -> bool :: Lets a key end after `ttl` seconds.
ttl(key: str) -> int? :: The seconds that a key has left, or null.
incr(key: str, amount: int = 1) -> int ! :: Adds to a number and returns it.
flush() -> unit :: Removes every key.
agent_kv_query(agent_name: str, key: str) -> any? :: What an agent stored, or null.
agent_kv_store(agent_name: str, key: str, value: any) -> unit ! :: Stores a value for an agent.
agent_kv_context(agent_name: str) -> dict :: Everything that an agent stored.
close() -> unit :: Closes the store.
"""

AUTH = """
oauth(name: str) -> str ! :: Signs in with a provider; the token.
get_user(request: request) -> dict? :: Who sent the request, or null.
get_session(request: request) -> dict? :: The session of the request, or null.
session_data(request: request) -> dict :: What the session holds.
set_session(request: request, data: dict) -> unit :: Stores what the session holds.
logout_user(request: request) -> unit :: Ends the session.
require_auth(request: request) -> request ! :: The request, or 401 when nobody is signed in.
jwt_sign(claims: dict, secret?: secret, expires_in: int = 3600) -> str ! :: A signed token.
jwt_verify(token: str, secret?: secret) -> bool :: Whether a token is genuine.
jwt_decode(token: str) -> dict ! :: The claims of a token.
csrf_token(request: request) -> str :: The token against forged requests.
csrf_field(request: request) -> str :: A hidden form field with that token.
verify_csrf(request: request) -> bool :: Whether the request carries that token.
api_key_generate(agent_name: str) -> str :: A new key for an agent.
api_key_verify(api_key: str) -> bool :: Whether a key is known.
auth_context(request: request) -> dict :: User, session and rights in one dict.
"""
"""What an `auth` handle and `std.auth` both offer."""

MEMBERS: dict[str, dict[str, Builtin]] = {
    kind: table(text)
    for kind, text in {
        "agent": """
run(input: any, ...extra: any) -> any ! :: Asks the agent; every further argument is a paragraph of context.
clone(new_name?: str, **overrides: any) -> agent :: A copy of the agent with other properties.
stream(input: any) -> any ! :: Asks the agent and delivers the answer as it comes.
reset() -> unit :: Forgets the history.
memory: any :: What the agent remembers.
history: list :: The conversation so far.
name: str :: The name of the agent.
last_context: any :: What the last run was given.
""",
        "job": """
enqueue(args: dict, options?: dict) -> str ! :: Puts work into the queue; the job's id.
enqueue_in(delay: duration, args: dict, options?: dict) -> str ! :: Puts work into the queue for later; the job's id.
""",
        "db": _SQL,
        "kv": _KV,
        "auth": AUTH,
        "JobQueue": """
status(id: str) -> str :: What became of a job.
cancel(id: str) -> bool :: Takes a job out of the queue.
retry(id: str) -> bool :: Puts a failed job back.
list_jobs(status?: str, limit?: int) -> list[dict] :: The jobs in the queue.
clear_completed() -> int :: Forgets the completed jobs; how many.
stats() -> dict :: How many jobs there are in each state.
""",
        "runtime": "meta: any :: The loop and the run that this code is in.",
        "runtime.meta": """
loop_count: int :: How many iterations of the innermost loop are finished.
exit_reason: str :: Why the last autoloop ended: `condition`, `max_steps`, `timeout` or `break`.
step: int :: The step of the autoloop.
run_id: str :: The id of the run.
""",
        "str": """
upper() -> str :: In capitals.
lower() -> str :: In small letters.
trim() -> str :: Without space at either end.
split(sep?: str) -> list[str] :: The parts between the separators.
replace(a: str, b: str) -> str :: Each `a` replaced by `b`.
starts_with(s: str) -> bool :: Whether the text begins with it.
ends_with(s: str) -> bool :: Whether the text ends with it.
contains(s: str) -> bool :: Whether the text contains it.
find(s: str) -> int :: Where it is, -1 when it is not there.
lines() -> list[str] :: The lines.
length() -> int :: How many characters there are.
""",
        "list": """
append(x) -> unit :: Adds an element at the end.
extend(xs: list) -> unit :: Adds the elements of another list.
pop(i?: int) -> any ! :: Takes out the last element, or the one at `i`.
insert(i: int, x) -> unit :: Puts an element before index `i`.
first() -> any :: The first element, or null.
last() -> any :: The last element, or null.
join(sep?: str) -> str :: The elements as text with `sep` between them.
sort() -> list :: Sorted.
reverse() -> list :: In reverse order.
index(x) -> int :: Where an element is, -1 when it is not there.
contains(x) -> bool :: Whether the element is in the list.
length() -> int :: How many elements there are.
""",
        "dict": """
get(k: any, default?) -> any :: The value of a key, or the default.
keys() -> list :: The keys.
values() -> list :: The values.
items() -> list :: Pairs of key and value.
has(k: any) -> bool :: Whether the key has a value.
remove(k: any) -> any :: Takes out a key and returns its value.
length() -> int :: How many keys there are.
""",
        "task": """
done() -> bool :: Whether it is finished.
cancel() -> bool :: Stops it.
""",
        "template": "render(data: dict) -> str ! :: The template filled with data.",
        "image": """
path: str :: Where the picture is.
mime: str :: Its media type.
width: int :: Its width in pixels.
height: int :: Its height in pixels.
""",
        "error": """
message: str :: What went wrong.
kind: str :: The name of the error.
cause: any :: The error behind it, or null.
span: any :: Where in the program it happened.
stage: any :: The stage of a pipeline that failed.
index: int :: The position of that stage.
branch: int :: The branch of a fan-out that failed.
clause: str :: The clause of a contract that does not hold.
text: str :: The text of that contract, or what an agent answered last.
reasons: any :: Why an answer did not fit its protocol.
""",
    }.items()
}
"""The members of each kind of value whose members are known; other kinds are not listed."""

NO_PARENTHESES = frozenset({"length", "keys", "values", "lines", "first", "last"})
"""Methods that may be used without parentheses."""
