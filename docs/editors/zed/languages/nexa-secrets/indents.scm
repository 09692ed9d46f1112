(config_block "{" "}" @end) @indent
(dict "{" "}" @end) @indent
