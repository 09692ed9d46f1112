[(string) (raw_string)] @string
[(line_comment) (doc_comment) (hash_comment) (block_comment)] @comment.inclusive
