(config_block "config" @context name: (identifier) @name) @item
