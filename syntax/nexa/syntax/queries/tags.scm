; Definitions and references, for code search. Comments before a definition are its documentation.

(agent_declaration name: (identifier) @name) @definition.class
(tool_declaration name: (identifier) @name) @definition.function
(function_declaration name: (identifier) @name) @definition.function
(flow_declaration name: (identifier) @name) @definition.function
(job_declaration name: (identifier) @name) @definition.function
(trait_method name: (identifier) @name) @definition.method
(protocol_declaration name: (identifier) @name) @definition.interface
(trait_declaration name: (identifier) @name) @definition.interface
(type_declaration name: (identifier) @name) @definition.type
(struct_declaration name: (identifier) @name) @definition.class
(enum_declaration name: (identifier) @name) @definition.class
(variant name: (identifier) @name) @definition.constant
(server_declaration name: (identifier) @name) @definition.module
(handle_declaration name: (identifier) @name) @definition.constant

(call callee: (identifier) @name) @reference.call
(call callee: (member member: (identifier) @name)) @reference.call
(spawn target: (identifier) @name) @reference.call
(type_name . (identifier) @name) @reference.type
(use_item (dotted_name . (identifier) @name)) @reference.call
(struct_literal name: (identifier) @name) @reference.class
