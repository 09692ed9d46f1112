[(config_block) (dict)] @indent.begin
"}" @indent.branch
"}" @indent.end
[(string) (raw_string) (block_comment)] @indent.ignore
