; Text in another language inside a Nexa file.
;
; `#set!` stands before the tests: py-tree-sitter 0.26.1 corrupts memory when it reads a pattern the other way round.

((python_string (raw_content) @injection.content)
  (#set! injection.language "python"))

; Prompts and roles are Markdown.
((property
    key: (identifier) @_key
    value: (string (string_content) @injection.content))
  (#set! injection.language "markdown")
  (#set! injection.combined)
  (#any-of? @_key "prompt" "role" "description"))

; Regular expressions: where the language itself compiles them.
((semantic_if_statement fast_match: (raw_string (raw_content) @injection.content))
  (#set! injection.language "regex"))

((call
    callee: (member
      object: (member object: (identifier) @_std member: (identifier) @_module)
      member: (identifier))
    args: (arguments . (argument value: (raw_string (raw_content) @injection.content))))
  (#set! injection.language "regex")
  (#eq? @_std "std")
  (#eq? @_module "regex"))

((call
    callee: (member member: (identifier) @_method)
    args: (arguments . (argument value: (raw_string (raw_content) @injection.content))))
  (#set! injection.language "regex")
  (#eq? @_method "matches"))

; SQL: the second argument of the database functions.
((call
    callee: (identifier) @_function
    args: (arguments . (argument) . (argument value: (string (string_content) @injection.content))))
  (#set! injection.language "sql")
  (#any-of? @_function "query" "query_one" "execute"))

([(line_comment) (doc_comment) (block_comment)] @injection.content
  (#set! injection.language "comment"))
