"""The standard library: every namespace under `std` (language reference, 6.2)."""

from __future__ import annotations

from nexa.compiler.builtins.filters import FILTERS
from nexa.compiler.builtins.members import AUTH
from nexa.compiler.builtins.signature import Builtin, Parameter, renamed, table

_TIME = '"%Y-%m-%d %H:%M:%S"'
_FILE_EDIT = "file_edit(path: str, old: str, new: str, count: int = 1) -> int ! :: Replaces text in a file; how often."
_SQL = """
connect(path_or_url: str) -> db ! :: Opens a database.
query(handle: db, sql: str, params: list = []) -> list[dict] ! :: The rows of a query.
query_one(handle: db, sql: str, params: list = []) -> dict? ! :: The first row of a query, or null.
execute(handle: db, sql: str, params: list = []) -> int ! :: Runs a statement; the number of rows it touched.
begin(handle: db) -> unit ! :: Starts a transaction.
commit(handle: db) -> unit ! :: Keeps what the transaction did.
rollback(handle: db) -> unit ! :: Undoes what the transaction did.
close(handle: db) -> unit :: Closes the database.
"""

_TABLES: dict[str, tuple[str, str]] = {
    "std.fs": (
        "file_",
        f"""
file_read(path: str, encoding: str = "utf-8") -> str ! :: The text of a file.
file_write(path: str, content: str, encoding: str = "utf-8") -> int ! :: Writes a file; how much was written.
file_append(path: str, content: str, encoding: str = "utf-8") -> int ! :: Adds to the end of a file.
{_FILE_EDIT}
file_exists(path: str) -> bool :: Whether there is such a file or folder.
file_list(directory: str, pattern: str = "*") -> list[str] ! :: The files of a folder that fit the pattern.
file_delete(path: str) -> bool ! :: Deletes a file; false when there was none.
""",
    ),
    "std.http": (
        "http_",
        """
http_get(url: str, headers: dict = {}, timeout: int = 30) -> str ! :: The body of a page.
http_post(url: str, data: any, headers: dict = {}, content_type: str = "application/json", timeout: int = 30) -> str ! :: Sends data; the body of the answer.
http_put(url: str, data: any, headers: dict = {}, content_type: str = "application/json", timeout: int = 30) -> str ! :: Stores data; the body of the answer.
http_delete(url: str, headers: dict = {}, timeout: int = 30) -> str ! :: Deletes; the body of the answer.
""",  # noqa: E501  # a signature is one line
    ),
    "std.time": (
        "time_",
        f"""
time_now(format: str = {_TIME}) -> str :: The local time as text.
time_diff(start: str, end: str, unit: str = "seconds") -> float ! :: The time between two times.
time_format(iso_string: str, format: str = {_TIME}) -> str ! :: A time written another way.
time_sleep(seconds: float) -> unit :: Waits.
time_timestamp() -> int :: Seconds since 1970.
""",
    ),
    "std.json": (
        "json_",
        """
json_parse(text: str) -> any ! :: The value that a JSON text means.
json_get(text: any, path: str) -> any ! :: The value at a path of a JSON text.
json_stringify(data: any, indent: int = 2) -> str :: The value as JSON text.
""",
    ),
    "std.text": (
        "text_",
        r"""
text_split(text: str, delimiter: str = "\n", max_splits: int = -1) -> list[str] :: The parts between the delimiters.
text_replace(text: str, old: str, new: str, count: int = -1) -> str :: The text with one part replaced by another.
text_upper(text: str) -> str :: The text in capitals.
text_lower(text: str) -> str :: The text in small letters.
""",
    ),
    "std.hash": (
        "hash_",
        """
hash_md5(text: str) -> str :: The MD5 sum, in hexadecimal.
hash_sha256(text: str) -> str :: The SHA-256 sum, in hexadecimal.
base64_encode(text: str) -> str :: The text in Base64.
base64_decode(text: str) -> str ! :: The text that the Base64 means.
""",
    ),
    "std.math": (
        "math_",
        """
math_calc(expression: str) -> float ! :: The value of an arithmetic expression.
math_random(min_val: int, max_val: int) -> int :: A random whole number, both ends included.
""",
    ),
    "std.regex": (
        "regex_",
        """
regex_match(pattern: regex, text: str, flags: str = "") -> list[str] ! :: Everything that matches.
regex_replace(pattern: regex, replacement: str, text: str, flags: str = "") -> str ! :: The text with each match replaced.
""",  # noqa: E501  # a signature is one line
    ),
    "std.shell": (
        "shell_",
        """
shell_exec(command: str, timeout: int = 30, unsafe: bool = false) -> str ! :: Runs a command; what it printed.
shell_which(command: str) -> str? :: Where a command is, or null.
""",
    ),
    "std.code": (
        "",
        f"""
search_files(pattern: str, directory: str = ".") -> list[str] ! :: The files whose text matches.
list_directory(path: str = ".") -> list[str] ! :: What is in a folder.
{_FILE_EDIT}
""",
    ),
    "std.ask_human": (
        "",
        """
ask_human(prompt: str, default: str = "") -> str ! :: Asks a person and waits for the answer.
call(prompt: str, default: str = "") -> str ! :: Asks a person and waits for the answer.
""",
    ),
    "std.ui": (
        "",
        """
banner(title: str, subtitle: str = "") -> unit :: A title in a frame.
markdown(text: str) -> unit :: Markdown, rendered for the terminal.
code(code: str, language: str = "python") -> unit :: Code with colours.
panel(text: str, title: str = "", style: str = "cyan") -> unit :: Text in a frame.
thinking(message: str = "Thinking", duration: float = 1.0) -> unit :: A spinner for some seconds.
success(msg: str) -> unit :: A message about success.
error(msg: str) -> unit :: A message about an error.
warning(msg: str) -> unit :: A warning.
info(msg: str) -> unit :: A message.
input(prompt: str = "nexa> ") -> str :: Asks the person at the terminal for a line.
agent_reply(name: str, reply: str) -> unit :: What an agent said.
tool_call(name: str, args: str = "") -> unit :: That a tool was called.
""",
    ),
    "std.db.sqlite": ("", _SQL),
    "std.db.postgres": ("", _SQL),
    "std.db.memory": (
        "",
        """
query(handle: db, agent_name: str, key: str) -> any ! :: What an agent remembered.
store(handle: db, agent_name: str, key: str, value: any) -> bool ! :: Remembers a value for an agent.
delete(handle: db, agent_name: str, key: str) -> bool ! :: Forgets a value.
list(handle: db, agent_name: str) -> dict ! :: Everything that an agent remembered.
""",
    ),
    "std.kv": (
        "",
        """
open(path: str) -> kv ! :: Opens a key-value store.
get(kv: kv, key: str) -> any? :: The value of a key, or null.
get_int(kv: kv, key: str) -> int? :: The value of a key as a whole number, or null.
get_str(kv: kv, key: str) -> str? :: The value of a key as text, or null.
get_json(kv: kv, key: str) -> any? :: The value of a key read as JSON, or null.
set(kv: kv, key: str, value: any, ttl: int? = null) -> bool ! :: Stores a value, for `ttl` seconds if given.
set_nx(kv: kv, key: str, value: any, ttl: int? = null) -> bool ! :: Stores a value unless the key has one.
del(kv: kv, key: str) -> bool :: Removes a key.
has(kv: kv, key: str) -> bool :: Whether the key has a value.
list(kv: kv, prefix: str = "") -> list[str] :: The keys that begin with the prefix.
expire(kv: kv, key: str, ttl: int) -> bool :: Lets a key end after `ttl` seconds.
ttl(kv: kv, key: str) -> int? :: The seconds that a key has left, or null.
flush(kv: kv) -> unit :: Removes every key.
incr(kv: kv, key: str, amount: int = 1) -> int ! :: Adds to a number and returns it.
agent_kv_query(kv: kv, agent_name: str, key: str) -> any? :: What an agent stored, or null.
agent_kv_store(kv: kv, agent_name: str, key: str, value: any) -> unit ! :: Stores a value for an agent.
agent_kv_context(kv: kv, agent_name: str) -> dict :: Everything that an agent stored.
""",
    ),
    "std.auth": (
        "",
        f"""
enable_auth(providers: any) -> auth ! :: Sets up sign-in with the providers.{AUTH}""",
    ),
    "std.concurrent": (
        "",
        """
channel(capacity: int = 0) -> (channel_tx, channel_rx) :: A channel: its sending and its receiving end.
send(tx: channel_tx, value: any) -> unit ! :: Puts a value into a channel.
recv(rx: channel_rx) -> any ! :: Waits for a value from a channel.
recv_timeout(rx: channel_rx, timeout: int) -> any? ! :: Waits that many milliseconds for a value, else null.
try_recv(rx: channel_rx) -> any? :: A value that is there already, else null.
close(rx: any) -> unit :: Closes a channel.
select(channels: list, timeout: int? = null) -> dict? ! :: The first value of several channels.
spawn(handler) -> task :: Starts a function without parameters as a task.
await_task(task: task) -> any ! :: Waits for the result of a task.
try_await(task: task) -> any? :: The result of a task that is done, else null.
cancel_task(task: task) -> bool :: Cancels a task.
parallel(handlers: list) -> list ! :: Runs functions at the same time; their results in order.
race(handlers: list) -> any ! :: The first result; the other functions are cancelled.
after(delay: duration, handler) -> task :: Runs a function after a delay (milliseconds).
schedule(interval: duration, handler) -> task :: Runs a function again and again (milliseconds).
cancel_schedule(schedule: task) -> bool :: Ends a schedule.
sleep_ms(ms: int) -> unit :: Waits that many milliseconds.
thread_count() -> int :: How many threads the process has.
""",
    ),
    "std.template": (
        "",
        """
render(template_str: str, data: dict) -> str ! :: A template text filled with data.
template(path: str) -> template ! :: Reads a template from a file.
compile(path: str) -> template ! :: Reads a template from a file, ready to be filled often.
render_compiled(compiled: template, data: dict) -> str ! :: A read template filled with data.
filter_apply(value, filter: str, ...args: any) -> any ! :: A filter by its name.
agent_prompt(agent, template: str, data?: dict) -> str :: The prompt of an agent made from a template.
agent_slot_fill(agent, slots: dict) -> str :: The prompt of an agent with its slots filled.
agent_register(agent, template: str) -> unit :: Ties a template to an agent.
agent_list() -> list[str] :: The agents that have a template.
""",
    ),
    "std.pipe": ("", "apply(func, input) -> any :: `func(input)`."),
    "std.defer": ("", "schedule(func) -> unit :: Runs a function when the enclosing function is left."),
    "std.null_coalesce": ("", "apply(left, right) -> any :: `left ?? right`."),
    "std.string": ("", "interpolate(template: str, data: dict) -> str :: The text with `#{…}` filled from data."),
    "std.match": (
        "",
        """
pattern(value, pattern: str) -> dict? :: What a pattern binds, or null when it does not fit.
destructure(value, pattern: str) -> dict ! :: What a pattern binds.
variant(enum_name: str, variant_name: str, value?) -> any ! :: A variant by its name.
""",
    ),
    "std.struct": (
        "",
        """
register_struct(name: str, fields: any) -> unit :: Declares a struct at run time.
make_struct(name: str, values: dict) -> any ! :: A struct by its name.
lookup(name: str) -> dict? :: What is known about a struct, or null.
""",
    ),
    "std.enum": (
        "",
        """
register_enum(name: str, variants: any) -> unit :: Declares an enum at run time.
make_variant(name: str, variant: str, value?) -> any ! :: A variant by its name.
lookup(name: str) -> dict? :: What is known about an enum, or null.
""",
    ),
    "std.trait": (
        "",
        """
register_trait(name: str, methods: any) -> unit :: Declares a trait at run time.
register_impl(trait: str, type: str, methods: any) -> unit :: Declares an implementation at run time.
lookup(name: str) -> dict? :: What is known about a trait, or null.
summary() -> dict :: Every trait with its implementations.
reset() -> unit :: Forgets what was declared at run time.
""",
    ),
}

STD_NAMESPACES: dict[str, str] = {
    "std.fs": "Files and folders.",
    "std.http": "Requests over HTTP.",
    "std.time": "Dates and times.",
    "std.json": "JSON.",
    "std.text": "Text.",
    "std.hash": "Check sums and Base64.",
    "std.math": "Arithmetic.",
    "std.regex": "Regular expressions.",
    "std.shell": "Commands of the system.",
    "std.code": "Searching source code.",
    "std.ask_human": "Questions to a person.",
    "std.ui": "Output for people at a terminal.",
    "std.db": "Databases.",
    "std.db.sqlite": "SQLite databases.",
    "std.db.postgres": "PostgreSQL databases.",
    "std.db.memory": "What agents remember in a database.",
    "std.kv": "Key-value stores.",
    "std.auth": "Sign-in, sessions and tokens.",
    "std.concurrent": "Tasks and channels.",
    "std.template": "Templates.",
    "std.pipe": "`|>` as a function.",
    "std.defer": "`defer` as a function.",
    "std.null_coalesce": "`??` as a function.",
    "std.string": "Interpolation as a function.",
    "std.match": "Patterns at run time.",
    "std.struct": "Structs at run time.",
    "std.enum": "Enums at run time.",
    "std.trait": "Traits at run time.",
}
"""Each namespace with what it is for."""


def _filter_functions() -> dict[str, Builtin]:
    value = Parameter("value")
    return {
        f"filter_{name}": Builtin(
            f"filter_{name}", f"std.template.filter_{name}", (value, *(entry.params or ())), "any", False, entry.doc
        )
        for name, entry in FILTERS.items()
    }


def _namespace(name: str) -> dict[str, Builtin]:
    prefix, text = _TABLES[name]
    functions = table(text, f"{name}.")
    short = {
        long.removeprefix(prefix): renamed(entry, long.removeprefix(prefix), f"{name}.")
        for long, entry in functions.items()
        if prefix and long.startswith(prefix)
    }
    return {**functions, **short, **(_filter_functions() if name == "std.template" else {})}


STD: dict[str, dict[str, Builtin]] = {name: _namespace(name) for name in _TABLES}
"""The functions of each namespace by name, those without the prefix (`std.fs.read`) included."""


def std_member(path: tuple[str, ...]) -> Builtin | str | None:
    """What `std.a.b` names: a function, the name of a namespace, or None. The path includes `std`."""
    dotted = ".".join(path)
    if dotted == "std" or dotted in STD_NAMESPACES:
        return dotted
    return STD.get(".".join(path[:-1]), {}).get(path[-1])


def std_children(namespace: str) -> tuple[str, ...]:
    """The names that may follow a namespace and a dot."""
    inner = [name.rpartition(".")[2] for name in STD_NAMESPACES if name.rpartition(".")[0] == namespace]
    return (*inner, *STD.get(namespace, ()))
