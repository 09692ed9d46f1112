; Colours of secrets files. Later patterns win over earlier ones.

(entry key: (identifier) @property)
(dict_entry key: (identifier) @property)
(config_block name: (identifier) @module)
(config_block "config" @keyword.import)

[(integer) (malformed_number)] @number
(float) @number.float
(signed_number ["-" "+"] @operator)
[(true) (false)] @boolean
[(string) (raw_string)] @string
(escape_sequence) @string.escape

"=" @operator
["{" "}"] @punctuation.bracket
["," ";" ":"] @punctuation.delimiter

[(line_comment) (block_comment) (hash_comment)] @comment
(doc_comment) @comment.documentation
