[(config_block) (dict) (string) (raw_string) (block_comment)] @fold
