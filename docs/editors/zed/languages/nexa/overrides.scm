[(string) (f_string) (raw_string) (template) (python_string)] @string
[(line_comment) (doc_comment) (hash_comment) (block_comment) (unterminated_comment)] @comment.inclusive
