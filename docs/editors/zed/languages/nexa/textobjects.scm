(flow_declaration body: (_) @function.inside) @function.around
(function_declaration body: (_) @function.inside) @function.around
(trait_method body: (_) @function.inside) @function.around
(test_declaration body: (_) @function.inside) @function.around
(job_body body: (_) @function.inside) @function.around
(hook body: (_) @function.inside) @function.around

(agent_declaration body: (_) @class.inside) @class.around
(tool_declaration body: (_) @class.inside) @class.around
(trait_declaration body: (_) @class.inside) @class.around
(impl_declaration body: (_) @class.inside) @class.around
(struct_declaration) @class.around
(protocol_declaration) @class.around
(enum_declaration) @class.around

[(line_comment) (doc_comment) (hash_comment)] @comment.around
(block_comment) @comment.around
