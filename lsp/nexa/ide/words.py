"""The words of the language: how each is written, and what it does, in a sentence (language reference, 2 and 5)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """`shape` is Nexa with `…` for what is to be filled in."""

    shape: str
    text: str


def _table(text: str) -> dict[str, Word]:
    """`word: shape :: what it does` a line."""
    words = {}
    for line in text.strip().splitlines():
        head, _, meaning = line.partition(" :: ")
        name, _, shape = head.partition(": ")
        words[name.strip()] = Word(shape.strip(), meaning.strip())
    return words


WORDS = _table(
    """
include: include "path" :: Makes the declarations of another file part of the program.
use: use config name :: Chooses the configuration of the `.nxs` files that models and secrets come from.
config: use config name :: Chooses the configuration of the `.nxs` files that models and secrets come from.
agent: agent Name { role: "…", prompt: "…" } :: Declares an agent: a model with a prompt, tools and a memory.
tool: tool Name { description: "…", parameters: { … }, returns: "…" } :: Declares a tool that agents may use.
fn: fn name(…) -> T { … } :: A function: a helper, with `@tool` a tool, in an expression a value.
flow: flow name(…) -> T { … } :: Declares a flow: steps that run agents and pass values on.
protocol: protocol Name { field: type } :: Declares a record by its fields: what agents answer with.
type: type Name = T @ "condition" :: Gives a type a name; with a condition its values are judged at run time.
struct: struct Name { field: type } :: Declares a record type of its own.
enum: enum Name { A, B(value: T) } :: Declares a type by its variants.
trait: trait Name { fn method() -> T } :: Declares methods that types may have.
impl: impl Trait for Type { … } :: Gives a struct or enum methods.
test: test "title" { … } :: Declares a test, run by `nexa test`.
job: job Name on "queue" { perform(…) { … } } :: Declares work for a queue: `Name.enqueue({…})`.
server: server Name 8080 { … } :: Declares a server with its routes.
db: db name = connect("…") :: Declares a database.
kv: kv name = open("…") :: Declares a key-value store.
auth: auth name = enable_auth(…) :: Declares how users sign in.
uses: uses A, std.time, "file.md", mcp:"url" :: Tools, functions, flows, agents and documents that the agent may use.
implements: implements P :: The agent answers with this protocol; an answer that does not fit is asked for again.
requires: requires condition :: What must hold before the body; a text is judged by a model.
ensures: ensures condition :: What must hold afterwards; sees `result` and `old(…)`. A text is judged by a model.
invariant: invariant condition :: What must hold before and afterwards.
context: context { source: …, sink: … } :: What history the agent starts from, and what it hands on.
context_policy: context_policy { max_tokens: …, strategy: … } :: Limits what is sent to the model.
before_step: before_step { … } :: Runs before each step of what follows in the block; in an agent before each run.
after_step: after_step { … } :: Runs after each step of what follows in the block; in an agent after each run.
on_error: on_error (e) { … } :: Runs when a step fails, before the error goes on.
before_tool: before_tool (call) { … } :: Runs before a tool is called; `false` forbids the call.
after_tool: after_tool (call) { … } :: Runs after a tool was called.
perform: perform(…) { … } :: What the job does.
on_failure: on_failure(error, attempt) { … } :: What is done when the job has failed for the last time.
route: route GET "/path" => target :: What answers a request: an agent, a flow or a chain of stages.
semantic: semantic route "/path" => target :: A route that is chosen by what the request means.
group: group "/prefix" { … } :: Routes under one prefix.
static: static "/url" from "./folder" :: Serves the files of a folder.
middleware: middleware [f] :: Functions that see each request first: they pass it on or answer it.
require_auth: require_auth "/prefix" :: Requests below the prefix need a user.
cors: cors { origins: […] } :: Which other sites may send requests.
csp: csp { … } :: The content security policy of the pages.
let: let name: T = value :: A variable of this block.
if: if condition { … } else { … } :: Runs a block if the condition is true; `if c then a else b` is a value.
else: else { … } :: What is done otherwise.
for: for item in items { … } :: Runs the block for each element; `for key, value in d` for each entry.
each: for each x in xs { … } :: Runs the block for each element; `for key, value in d` for each entry.
in: for x in xs { … } :: Whose elements they are: those of a list, a dict, a text or a range.
then: if c then a else b :: The value if the condition is true.
every: schedule(every 30s, f) :: How much time lies between two runs.
while: while condition { … } :: Repeats while the condition is true.
loop: loop { … } until (condition) :: Repeats until the condition holds; texts in it are judged by a model.
until: loop { … } until (condition) :: When the loop ends; texts in it are judged by a model.
match: match value { pattern => … } :: Takes the first arm whose pattern fits.
intent: match intent text { "meaning" => … } :: Takes the arm whose text says what is meant, as a model judges.
fast_match: fast_match text { intent("…") => … } :: Like `match intent`, without a model where the words decide.
semantic_if: semantic_if "condition" against value { … } :: Runs the block if a model judges that the condition holds.
against: "condition" against value :: What the condition is judged on.
try: try { … } catch (e: T) { … } finally { … } :: Runs the block; an error of that type goes to `catch`.
catch: catch (e: T) { … } :: What is done about an error; without a type about any.
finally: finally { … } :: Runs in any case.
try_agent: try_agent { … } catch_correction (e: T) { … } :: Runs the block again after a correction with `reflect`.
catch_correction: catch_correction (e: T) { reflect "…" } :: Corrects; with `reflect` the block runs again.
autoloop: autoloop max_steps: n, exit_when: "…" { … } :: Repeats until a model judges the condition to hold.
with_context: with_context max_tokens: n, strategy: s { … } :: Limits what the runs inside send to the model.
fork: fork [a = …, b = …] merge best_of :: Runs the branches at the same time and merges their results.
merge: fork […] merge strategy :: How the results of the branches become one.
verify: verify value satisfies T :: Checks a value: its type, a text that a model judges, or a condition.
satisfies: verify value satisfies T :: The type, or the text, that the value is checked against.
unharnessed: unharnessed ("reason") { … } :: Contracts, approvals and checks are left out inside; the reason is traced.
assert: assert condition, "message" :: Fails the test or flow if the condition is false.
defer: defer expression :: Runs when the function ends, in whatever way; the last one first.
return: return value :: Ends the function with a value.
break: break :: Ends the loop.
continue: continue :: Goes on with the next round of the loop.
raise: raise ErrorName("message") :: Fails with an error.
pass: pass message to actor :: Puts a message into the mailbox of an actor.
spawn: spawn Agent(…) :: Starts an actor: a copy of the agent or flow that handles messages one after the other.
await: await task, seconds :: Waits for a task or an actor and gives its result.
print: print value :: Writes the value to the output of the run.
reflect: reflect "note" :: A note for the next run of every agent in this `try` or loop body.
python!: python! \"""…\""" :: Python code that shares the variables around it.
null: null :: No value.
true: true :: The truth value.
false: false :: The truth value.
not: not value :: True if the value is false.
"""
)

LOOP_WORDS = _table(
    """
@index: @index: int :: The number of the element in the loop, counted from 0.
@index1: @index1: int :: The number of the element in the loop, counted from 1.
@first: @first: bool :: Whether it is the first element of the loop.
@last: @last: bool :: Whether it is the last element of the loop.
"""
)
"""What a loop of a template knows of its element besides its name."""

MERGE_STRATEGIES = {
    "best_of": "The judge picks a branch; its state is kept.",
    "best": "The judge picks a branch; its state is kept.",
    "first": "The first branch to succeed; the others are cancelled.",
    "all": "The list of all results.",
    "vote": "The answer of the majority.",
    "concat": "The results one after the other.",
    "summarize": "A summary of the results.",
}
"""How the branches of a `fork` become one."""
