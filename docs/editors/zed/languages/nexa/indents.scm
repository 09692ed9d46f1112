; Lines between an opening and a closing bracket stand one step further in.
(_ "{" "}" @end) @indent
(_ "[" "]" @end) @indent
(_ "(" ")" @end) @indent

; A flow expression that goes on at the start of a line, and contracts below a header.
[(pipe) (fan_out) (merge) (consensus) (pipe_call)] @indent
(flow_declaration contracts: (contract) @indent)
