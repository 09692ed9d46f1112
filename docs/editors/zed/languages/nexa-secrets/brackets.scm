(config_block "{" @open "}" @close)
(dict "{" @open "}" @close)
