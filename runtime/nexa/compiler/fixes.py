"""What the fixes of each code do, in words for the manual. Tests hold the list to what findings really carry."""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
NX101 insert `;`; insert `=` behind a name
NX102 insert the closer
NX103 delete it
NX104 close the string at the end of the line
NX105 append `*/`
NX106 insert `}`
NX107 make the string raw
NX108 use three quotes
NX109 append `_`
NX111 compare twice, joined by `and`
NX112 rewrite as an ordinary string
NX113 write the operator that it looks like
NX117 give a function in a body a name as a value
NX118 delete it
NX120 write what Nexa has in its place, or delete the word
NX121 put positional arguments first; name them
NX122 merge the clauses; remove the second result
NX201 write the name that it looks like; create the agent or flow
NX202 write the type that it looks like
NX203 rename the second one
NX204 write the name that it looks like
NX205 write the property that it looks like
NX206 write the decorator or argument that it looks like
NX207 create the file
NX208 rename it to begin with `_`; remove it
NX209 remove the declaration, and what is nothing without it
NX210 remove what is never reached
NX211 begin with a value
NX212 rename it
NX213 write the member that it looks like; call the function of that name
NX214 write the name that it looks like
NX215 write the variant that it looks like
NX216 add the missing fields; write the field that it looks like, or the one that is missing
NX217 remove the second one; rename a parameter
NX219 move it into the program of the library's name
NX220 write the parameter that it looks like
NX221 add the missing methods; write the method that it looks like; remove the extra one
NX223 add `flow main`
NX224 remove the second `include`
NX301 convert the value; make it a struct; put it into a list; add the missing fields; give a value where there is none
NX303 insert an agent that turns one record into the other; add the missing fields; make them optional
NX304 name the stage without calling it
NX306 use `>>`
NX307 use `and` or `or`, and call the stages
NX308 call it
NX309 write the type that it looks like
NX312 write the field that it looks like
NX313 remove the operator
NX314 add an arm for all others; add an arm for each
NX315 remove the arm
NX317 return the plainest value of the type
NX321 add the type `any`
NX324 delete `await`
NX326 count with `range`
NX404 drop one of `uses`
NX411 rewrite with `>>`
NX412 mark the flow `@parallel`; run the calls in a `fork`
NX413 use `|>>`
NX414 use `||`; assign the results
NX415 remove the second one
NX501 write the name that it looks like
NX502 make it an `ensures`
NX503 let the judge decide
NX504 remove the condition
NX510 add `max_steps: 20`
NX512 add `timeout: 300`
NX513 add `catch_correction`
NX514 add `reflect`
NX515 describe the tool by its name
NX516 set `requires_approval: true`
NX517 set `sandbox: true`
NX518 add the type that the body gives, or `-> str`
NX519 add `max_tokens: 8000`
NX521 add `strategy: sliding_window`
NX525 write one of the strategies
NX526 remove the hook
NX527 add `(e)`
NX531 add `verify`
NX532 add a reason
NX537 write the error that it looks like
NX539 take the snapshot before the loop
NX601 read it with `secret(…)`; the value has to be moved by hand, no edit repeats it
NX602 pass it through a tool that is still to be written
NX603 write the configuration that it looks like
NX604 write the key that it looks like
NX605 name a provider
NX607 remove it
NX609 write the scheme that it looks like
NX610 write one of the values
NX901 write them as the others are
NX903 write the type
NX904 add parentheses
NX905 write `and` or `or`
NX906 write `:`
NX907 write `null`
NX908 write `true` or `false`
NX909 write `//`
NX910 add a prompt
NX911 add a default arm
NX912 write `->`
NX915 write the name of today
NX917 stop after ten rounds
NX920 remove the comment, or the code in it
"""

FIXES: Final[dict[str, str]] = {line[:5]: line[6:] for line in _TABLE.strip().splitlines()}
"""By code; alternatives are separated by `;`."""
