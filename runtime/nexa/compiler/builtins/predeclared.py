"""The values that every program has without declaring them (language reference, 6.1)."""

from __future__ import annotations

from nexa.compiler.builtins.signature import Builtin, table

PREDECLARED: dict[str, Builtin] = table(
    r"""
print(...values: any, sep: str = " ", end: str = "\n") -> unit :: Writes the values to the output of the run.
input(prompt: str = "") -> str :: Asks the person at the terminal for a line.
exit(code: int = 0) -> unit :: Ends the program: deferred work runs, handles close.
secret(key: str, default: str? = null) -> secret :: A secret from the configuration; prints as `***`.
secrets: any :: The visible configurations: `secrets.staging.BASE_URL`.
env(key: str, default?: str) -> str? :: A variable of the process environment, or null.
img(path: str) -> image ! :: Reads a picture, to be given to an agent.
join(...stages: any) -> any :: A group of stages that run together: `join(A, B).Merger(input)`.
std: any :: The standard library.
runtime: any :: What is known about the run: `runtime.meta.loop_count`.
str(x) -> str :: The value as text.
int(x) -> int ! :: The value as a whole number.
float(x) -> float ! :: The value as a number.
bool(x) -> bool :: Whether the value counts as true.
list(x?, prefix?: str) -> list :: The elements as a list; with a kv handle, its keys.
dict(x?) -> dict :: The pairs as a dict.
len(x) -> int :: How many elements or characters there are.
range(a: int, b?: int, step?: int) -> list[int] :: Whole numbers: from `a` (or 0) to before `b`.
min(...values: any) -> any :: The smallest value, or the smallest element of one list.
max(...values: any) -> any :: The largest value, or the largest element of one list.
sum(values: list) -> any :: The sum of the elements.
abs(x) -> any :: The number without its sign.
round(x, n?: int) -> any :: The number rounded to `n` places.
sorted(xs: list, key?) -> list :: A sorted copy.
reversed(xs: list) -> list :: A copy in reverse order.
zip(...lists: any) -> list :: Tuples of the elements that stand at the same index.
enumerate(xs: list) -> list :: Pairs of index and element.
map(xs: list, f) -> list :: `f` of every element.
filter(xs: list, f) -> list :: The elements for which `f` is true.
any(xs: list) -> bool :: Whether any element is true.
all(xs: list) -> bool :: Whether every element is true.
type_of(x) -> str :: The name of the value's type.
matches(text: str, regex: regex) -> bool :: Whether the regular expression matches anywhere in the text.
json(data, status?: int) -> response :: A JSON response.
html(text: str, status?: int) -> response :: An HTML response.
text(text: str, status?: int) -> response :: A plain text response.
redirect(url: str, status?: int) -> response :: A response that sends the client elsewhere.
status_response(code: int, msg?: str) -> response :: A response with a status code and a message.
connect(path_or_url: str) -> db ! :: Opens a database: `sqlite://file`, `postgres://…`.
open(path: str) -> kv ! :: Opens a key-value store; `":memory:"` keeps nothing.
enable_auth(providers: any) -> auth ! :: Sets up sign-in with the providers.
query(handle: db, sql: str, params?: list) -> list[dict] ! :: The rows of a query.
query_one(handle: db, sql: str, params?: list) -> dict? ! :: The first row of a query, or null.
execute(handle: db, sql: str, params?: list) -> int ! :: Runs a statement; the number of rows it touched.
begin(handle: db) -> unit ! :: Starts a transaction.
commit(handle: db) -> unit ! :: Keeps what the transaction did.
rollback(handle: db) -> unit ! :: Undoes what the transaction did.
get(handle: kv, key: str) -> any? :: The value of a key, or null.
set(handle: kv, key: str, value: any, ttl: int? = null) -> bool ! :: Stores a value, for `ttl` seconds if given.
set_nx(handle: kv, key: str, value: any, ttl: int? = null) -> bool ! :: Stores a value unless the key has one.
del(handle: kv, key: str) -> bool :: Removes a key.
has(handle: kv, key: str) -> bool :: Whether the key has a value.
get_str(handle: kv, key: str) -> str? :: The value of a key as text, or null.
get_int(handle: kv, key: str) -> int? :: The value of a key as a whole number, or null.
get_json(handle: kv, key: str) -> any? :: The value of a key read as JSON, or null.
expire(handle: kv, key: str, ttl: int) -> bool :: Lets a key end after `ttl` seconds.
ttl(handle: kv, key: str) -> int? :: The seconds that a key has left, or null.
incr(handle: kv, key: str, amount: int = 1) -> int ! :: Adds to a number and returns it.
flush(handle: kv) -> unit :: Removes every key.
spawn(handler) -> task :: Starts a function without parameters as a task.
parallel(handlers: list) -> list ! :: Runs functions at the same time; their results in order.
race(handlers: list) -> any ! :: The first result; the other functions are cancelled.
channel(capacity: int = 0) -> (channel_tx, channel_rx) :: A channel: its sending and its receiving end.
send(tx: channel_tx, value: any) -> unit ! :: Puts a value into a channel.
recv(rx: channel_rx) -> any ! :: Waits for a value from a channel.
recv_timeout(rx: channel_rx, timeout: int) -> any? ! :: Waits that many milliseconds for a value, else null.
try_recv(rx: channel_rx) -> any? :: A value that is there already, else null.
close(rx: any) -> unit :: Closes a channel.
select(channels: list, timeout: int? = null) -> dict? ! :: The first value of several channels: `{index, value}`.
after(delay: duration, handler) -> task :: Runs a function after a delay (milliseconds).
schedule(interval: duration, handler) -> task :: Runs a function again and again (milliseconds).
cancel_task(task: task) -> bool :: Cancels a task.
cancel_schedule(schedule: task) -> bool :: Ends a schedule.
sleep_ms(ms: int) -> unit :: Waits that many milliseconds.
thread_count() -> int :: How many threads the process has.
receive(timeout?: int) -> any ! :: In an actor: the next message, null after that many milliseconds.
snapshot() -> snapshot :: The locals and memories of this moment, to go back to.
restore(snapshot: snapshot) -> unit :: Goes back to a snapshot.
reflect(text: str) -> unit :: A note for the next run of every agent in this try or loop body.
merge(...values: any) -> any :: The values merged into one.
render(template: any, data: dict) -> str ! :: A template filled with data.
JobQueue: any :: What became of the jobs: `JobQueue.status(id)`.
get_user(req: request) -> dict? :: Who sent the request, or null.
get_session(req: request) -> dict? :: The session of the request, or null.
require_auth(req: request) -> request ! :: The request, or 401 when nobody is signed in.
logout_user(req: request) -> unit :: Ends the session of the request.
Option: any :: `Option::Some(value)` or `Option::None`.
Result: any :: `Result::Ok(value)` or `Result::Err(error)`.
None: null :: The same as `null`.
none: null :: The same as `null`.
nil: null :: The same as `null`.
"""
)

ERRORS: dict[str, Builtin] = table(
    """
NexaError(message: str) -> error :: Every error of a program.
AgentError(message: str) -> error :: An agent could not do its work.
ModelError(message: str) -> error :: The model answered with an error.
TimeoutError(message: str) -> error :: The model took too long.
RateLimitError(message: str) -> error :: The model was asked too often.
ProtocolError(message: str) -> error :: The answer did not fit its protocol, after every retry.
BudgetExceeded(message: str) -> error :: The run used more than its budget.
ToolError(message: str) -> error :: A tool failed, or was not allowed to run.
PipelineError(message: str) -> error :: A stage failed; its cause is the error itself.
IntentError(message: str) -> error :: No case fitted, and the value was needed.
ConsensusError(message: str) -> error :: The answers could not be brought together.
LoopLimitError(message: str) -> error :: A loop went on too long.
ContractViolation(message: str) -> error :: A `requires`, `ensures` or `invariant` does not hold.
TypeViolation(message: str) -> error :: A value does not have the declared type.
VerificationError(message: str) -> error :: A `verify` does not hold.
AssertionFailed(message: str) -> error :: An `assert` does not hold.
PatternMatchError(message: str) -> error :: A value does not fit its pattern.
ActorError(message: str) -> error :: An actor failed.
ConcurrencyError(message: str) -> error :: Concurrent work failed.
ChannelClosed(message: str) -> error :: The channel is closed.
TaskCancelled(message: str) -> error :: The task was cancelled.
DatabaseError(message: str) -> error :: The database failed.
KVError(message: str) -> error :: The key-value store failed.
AuthError(message: str) -> error :: Sign-in failed.
TemplateError(message: str) -> error :: A template could not be rendered.
SecretError(message: str) -> error :: A secret was not found.
SuspendExecution(message: str) -> error :: Hands the run over to a human.
Exit(code: int = 0) -> error :: Ends the program.
"""
)

PREDECLARED_VALUES: dict[str, Builtin] = {**PREDECLARED, **ERRORS}
"""Every predeclared value by its name."""
