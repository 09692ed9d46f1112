/**
 * The grammar of Nexa (`.nx`, `.nxlib`) for tree-sitter; the language reference is docs/language/reference.md.
 *
 * One idea carries it: the scanner decides by looking ahead, the LR states decide by what is valid. Whatever the
 * reference words as "followed by …" is a look-ahead in src/scanner.c; whatever it words as "in a head", "after `=>`"
 * is told to the scanner by the set of external tokens that the state admits. There is no declared conflict.
 *
 * Accepted here and reported while lowering, because the tree is then still whole: reserved words as names (NX109),
 * unknown escapes (NX107), chained comparisons (NX111), f-strings (NX112), unknown operators (NX113), malformed
 * numbers (NX114), the order of arguments (NX121), and every zero-width `missing_…` node below.
 */

// The levels of section 2.10, low to high.
const PREC = {
  otherwise: 1,
  background: 2,
  branch: 3,
  flow: 4,
  or: 5,
  and: 6,
  not: 7,
  compare: 8,
  add: 9,
  multiply: 10,
  unary: 11,
  postfix: 12,
};

// Words that are keywords only where the scanner sees what their rule needs: see KEYWORDS in src/scanner.c.
const CONTEXTUAL = [
  'include', 'use', 'agent', 'tool', 'protocol', 'flow', 'fn', 'test', 'type', 'struct', 'enum', 'trait', 'impl',
  'job', 'server', 'db', 'auth', 'kv',
  'print', 'reflect', 'pass', 'raise', 'requires', 'ensures', 'invariant',
  'before_step', 'after_step', 'on_error', 'before_tool', 'after_tool', 'context', 'context_policy',
  'perform', 'on_failure', 'static', 'group', 'require_auth', 'route', 'semantic', 'middleware', 'cors', 'csp',
  'fallback', 'each', 'every', 'map', 'spawn', 'intent_head', 'intent_arm', 'fast_match', 'until', 'finally', 'merge',
];

const spelled = word => word.replace(/_(head|arm)$/, '');
const kw = ($, word) => alias($[`_kw_${word}`], spelled(word));
const comma1 = rule => seq(rule, repeat(seq(',', rule)));
const commas = rule => optional(seq(comma1(rule), optional(',')));

/** One to `count` of a rule, as many as there are. */
const upTo = (count, rule) => prec.right(count === 1 ? rule : seq(rule, optional(upTo(count - 1, rule))));
const GROUP = 16;

module.exports = grammar({
  name: 'nexa',

  word: $ => $.identifier,

  extras: $ => [/\s/, $.doc_comment, $.line_comment, $.block_comment, $.unterminated_comment, $.hash_comment],

  supertypes: $ => [
    $.declaration,
    $.statement,
    $.expression,
    $.flow_expression,
    $.simple_expression,
    $.pattern,
    $.type,
  ],

  externals: $ => [
    // Zero-width ends: of a statement, of a member, and of what was left open before a declaration at column 0.
    $._auto, // a significant newline, or the emptiness before `}` and at the end of the file (1.3)
    $._auto_sep, // the same for members, and nothing at all before a word, string or number on the line
    $._close, // `}` of a body, missing before a declaration at column 0 (2.11a)
    $._resync, // any of these, while the parser recovers: the line end before a declaration at column 0
    $._close_flush, // the same in an agent, trait or impl body whose members stand at column 0 themselves
    $._close_bracket, // `)` or `]`, missing
    $._close_brace, // `}` of a dict, case block or hint set, missing
    $._close_interpolation, // `}` of an interpolation, missing
    $._close_line_string, // the closing quote of a one-line string, missing at the end of its line
    $._missing_operand, // an operand, type or pattern, missing
    $._missing_name, // the name of a declaration, missing
    $._missing_open_block, // `{` of a block, missing before an indented statement
    $._missing_open_members, // `{` of a body of members, missing before one of them
    // Braces: what a `{` opens is decided by the state and, where two are possible, by what follows it (R-BRACE, R-ARM).
    '{',
    $._open_indent, // the body of an agent, trait or impl whose members are indented
    $._struct_brace,
    $._dict_brace,
    $._case_brace,
    // Words.
    $._line_ends, // never emitted: tells the scanner that no line below can go on with what stands here
    $._name_here, // never emitted: tells the scanner that a name or key may begin here, where no operand can
    $._arg_key, // a word followed by `:` or `=` where an expression could stand too
    $._prop_key, // the same in a body of members, also before a quote or `[` (NX906)
    // Strings and comments.
    $._multiline_quote, // `"` of a property value that goes on over lines (9.9)
    $._multiline_apostrophe,
    $._triple_content, // text in """…""" up to an escape, an interpolation or the end
    $.f_format, // `:` or `!` and what follows, before the `}` of an f-string's interpolation
    $._backtick_content, // the same in `…`
    $._raw_content, // text in """…""" where nothing is special
    $._raw_apostrophe_content, // text in '''…'''
    $._content_end, // the text of one of these that nothing closes
    $.unterminated_comment,
    ...CONTEXTUAL.map(word => $[`_kw_${word}`]),
    $._error_sentinel,
  ],

  inline: $ => [$._rbrace, $._rbracket, $._rparen, $._term, $._line_term, $._sep, $._brace_end],

  rules: {
    // ── files (2.1) ─────────────────────────────────────────────────────────────────────────────────────────────

    // After an edit the parser takes over whole nodes of the old tree, but never those of `repeat`, so a flat list of
    // items would cost time for each item of the file. Hence two levels of groups, which are nodes like any other.
    source_file: $ => repeat($._items),
    _items: $ => upTo(GROUP, $._few_items),
    _few_items: $ => upTo(GROUP, $._item),
    // While recovering, a line end before a declaration is as good as an item: the parser goes on at the top level.
    _item: $ => choice($.declaration, $.statement, ';', $._resync),

    declaration: $ => choice(
      $.include_declaration,
      $.use_declaration,
      $.agent_declaration,
      $.tool_declaration,
      $.function_declaration,
      $.protocol_declaration,
      $.flow_declaration,
      $.test_declaration,
      $.type_declaration,
      $.struct_declaration,
      $.enum_declaration,
      $.trait_declaration,
      $.impl_declaration,
      $.job_declaration,
      $.server_declaration,
      $.handle_declaration,
    ),

    include_declaration: $ => seq(kw($, 'include'), field('path', $._string_literal), $._line_term),
    use_declaration: $ => seq(kw($, 'use'), 'config', field('name', $._name), $._line_term),

    // ── shared pieces (2.2) ─────────────────────────────────────────────────────────────────────────────────────

    _term: $ => choice(';', $._auto, $._resync),
    _line_term: $ => choice($._term, $._line_ends),
    _sep: $ => choice(',', ';', $._auto_sep, $._resync),

    _rbrace: $ => choice('}', alias($._close, $.missing_closer), alias($._resync, $.missing_closer)),
    _rbracket: $ => choice(']', alias($._close_bracket, $.missing_closer)),
    _rparen: $ => choice(')', alias($._close_bracket, $.missing_closer)),
    _brace_end: $ => choice('}', alias($._close_brace, $.missing_closer)),

    decorator: $ => seq('@', field('name', $.identifier), optional(field('args', $.arguments))),

    parameters: $ => seq('(', commas(choice($.parameter, $._name_here)), $._rparen),
    parameter: $ => seq(
      field('name', $.identifier),
      optional(seq(':', field('type', $.type))),
      optional(seq('=', field('default', $.expression))),
    ),
    returns: $ => seq(choice('->', ':'), field('type', $.type)),

    // In a header and in an agent's body the word needs no look-ahead: no name can stand there.
    contract: $ => seq(
      field('clause', choice('requires', 'ensures', 'invariant')),
      optional(':'),
      field('condition', $.expression),
    ),
    _header_contract: $ => seq(field('contracts', $.contract), optional(',')),

    block: $ => seq($._open_block, repeat(choice($.statement, ';')), $._rbrace),
    _body: $ => choice($.block, $._no_body),
    _open_block: $ => choice('{', alias($._missing_open_block, $.missing_opener)),
    _open_members: $ => choice('{', alias($._missing_open_members, $.missing_opener)),
    _open_indented: $ => choice(alias($._open_indent, '{'), alias($._missing_open_members, $.missing_opener)),
    _no_body: $ => choice(alias($._close, $.missing_body), alias($._resync, $.missing_body)),
    _name: $ => choice($.identifier, alias($._missing_name, $.missing_name)),

    property: $ => seq(
      field('key', alias($._prop_key, $.identifier)),
      optional(field('sep', choice(':', '='))),
      field('value', $._property_value),
    ),
    _property_value: $ => choice(
      $.simple_expression,
      alias($._multiline_string, $.string),
      alias($._multiline_apostrophe_string, $.string),
    ),
    _property_item: $ => seq($.property, $._sep),
    model_fallback: $ => seq(alias($._kw_fallback, $.identifier), ':', field('value', $.simple_expression)),
    dotted_name: $ => prec.right(PREC.postfix, seq($.identifier, repeat(seq('.', $.identifier)))),

    // ── agents (2.3) ────────────────────────────────────────────────────────────────────────────────────────────

    agent_declaration: $ => seq(
      repeat(field('decorators', $.decorator)),
      kw($, 'agent'),
      field('name', $._name),
      repeat(choice(
        field('returns', $.agent_returns),
        field('uses', $.uses_clause),
        field('implements', $.implements_clause),
        $._header_contract,
      )),
      field('body', choice($.agent_body, $._no_body)),
    ),
    agent_returns: $ => seq('->', field('type', $.type)),
    // Brackets are for members; read in a header as well, they leave the rest of the agent alone.
    uses_clause: $ => seq('uses', choice(comma1($.use_item), $.stray_list)),
    implements_clause: $ => seq('implements', choice(comma1($.type), alias($._stray_types, $.stray_list))),
    stray_list: $ => seq('[', commas($.use_item), $._rbracket),
    _stray_types: $ => seq('[', commas($.type), $._rbracket),
    use_item: $ => choice(
      $.dotted_name,
      $._string_literal,
      seq(alias($._arg_key, $.identifier), ':', $._string_literal),
    ),
    agent_body: $ => choice(
      seq($._open_indented, repeat($._agent_member), $._rbrace),
      seq('{', repeat($._agent_member), choice('}', alias($._close_flush, $.missing_closer))),
    ),
    _agent_member: $ => choice(
      $._property_item,
      seq($.uses_member, choice(';', $._auto_sep)),
      seq(alias($._uses_list, $.uses_member), $._sep),
      $.context_block,
      $.context_policy,
      $.hook,
      $.function_declaration,
      $.flow_declaration,
      $.let_statement,
      seq($.contract, $._sep),
      ';',
    ),
    // Without brackets a comma goes on with the list; behind them it ends the member.
    uses_member: $ => seq('uses', optional(':'), comma1($.use_item)),
    _uses_list: $ => seq('uses', optional(':'), '[', commas($.use_item), $._rbracket),
    context_block: $ => seq(kw($, 'context'), '{', repeat(choice($._property_item, ';')), $._rbrace),
    context_policy: $ => seq(
      kw($, 'context_policy'), optional(':'), '{', repeat(choice($._property_item, ';')), $._rbrace,
    ),
    hook: $ => choice(
      seq(field('event', choice(kw($, 'before_step'), kw($, 'after_step'))), field('body', $._body)),
      seq(
        field('event', kw($, 'on_error')),
        optional(seq(
          '(',
          optional(choice(
            seq(field('binding', $.identifier), optional(seq(':', field('type', $.type)))),
            $._name_here,
          )),
          $._rparen,
        )),
        field('body', $._body),
      ),
      seq(
        field('event', choice(kw($, 'before_tool'), kw($, 'after_tool'))),
        '(', field('binding', $.identifier), $._rparen,
        field('body', $._body),
      ),
    ),

    // ── tools, functions, protocols (2.4) ───────────────────────────────────────────────────────────────────────

    tool_declaration: $ => seq(
      repeat(field('decorators', $.decorator)),
      kw($, 'tool'),
      field('name', $._name),
      field('body', choice($.property_body, $._no_body)),
    ),
    property_body: $ => seq($._open_members, repeat(choice($._property_item, ';')), $._rbrace),

    function_declaration: $ => seq(
      repeat(field('decorators', $.decorator)),
      kw($, 'fn'),
      field('name', $._name),
      field('params', $.parameters),
      optional(field('returns', $.returns)),
      repeat($._header_contract),
      field('body', $._body),
    ),

    protocol_declaration: $ => seq(
      kw($, 'protocol'),
      field('name', $._name),
      optional(field('type_params', $.type_parameters)),
      choice(seq($._open_members, repeat(choice(seq($.field, $._sep), ';')), $._rbrace), $._no_body),
    ),
    field: $ => seq(
      field('name', $.identifier),
      ':',
      field('type', choice($.type, $._string_literal)),
      optional(seq('@', field('constraint', $._string_literal))),
      optional(seq('=', field('default', $.expression))),
    ),
    type_parameters: $ => seq('[', comma1($.identifier), $._rbracket),

    // ── flows, tests, types (2.5) ───────────────────────────────────────────────────────────────────────────────

    flow_declaration: $ => seq(
      repeat(field('decorators', $.decorator)),
      kw($, 'flow'),
      field('name', $._name),
      optional(field('params', $.parameters)),
      optional(field('returns', $.returns)),
      repeat($._header_contract),
      field('body', $._body),
    ),
    test_declaration: $ => seq(kw($, 'test'), field('title', $._string_literal), field('body', $._body)),
    type_declaration: $ => seq(
      kw($, 'type'),
      field('name', $._name),
      optional(field('type_params', $.type_parameters)),
      choice(
        seq('=', field('type', $.type), optional(seq('@', field('constraint', $._string_literal))), $._term),
        $._no_body,
      ),
    ),
    struct_declaration: $ => seq(
      kw($, 'struct'),
      field('name', $._name),
      optional(field('type_params', $.type_parameters)),
      choice(seq($._open_members, repeat(choice(seq($.struct_field, $._sep), ';')), $._rbrace), $._no_body),
    ),
    struct_field: $ => seq(
      field('name', $.identifier),
      optional(seq(':', field('type', $.type))),
      optional(seq('=', field('default', $.expression))),
    ),
    enum_declaration: $ => seq(
      kw($, 'enum'),
      field('name', $._name),
      optional(field('type_params', $.type_parameters)),
      choice(seq($._open_members, repeat(choice(seq($.variant, $._sep), ';')), $._rbrace), $._no_body),
    ),
    variant: $ => seq(field('name', $.identifier), optional(field('payload', $.payload))),
    payload: $ => seq('(', commas(choice($.payload_field, $._name_here)), $._rparen),
    payload_field: $ => seq(optional(seq(field('name', $.identifier), ':')), field('type', $.type)),
    trait_declaration: $ => seq(
      kw($, 'trait'),
      field('name', $._name),
      optional(field('type_params', $.type_parameters)),
      field('body', choice($.trait_body, $._no_body)),
    ),
    trait_body: $ => choice(
      seq($._open_indented, repeat(choice(seq($.trait_method, optional($._sep)), ';')), $._rbrace),
      seq(
        '{', repeat(choice(seq($.trait_method, optional($._sep)), ';')),
        choice('}', alias($._close_flush, $.missing_closer)),
      ),
    ),
    trait_method: $ => prec.right(seq(
      kw($, 'fn'),
      field('name', $._name),
      field('params', $.parameters),
      optional(field('returns', $.returns)),
      optional(field('body', $.block)),
    )),
    impl_declaration: $ => seq(
      kw($, 'impl'),
      field('head', $.type),
      optional(seq('for', field('target', $.type))),
      field('body', choice($.impl_body, $._no_body)),
    ),
    impl_body: $ => choice(
      seq($._open_indented, repeat(choice($.function_declaration, ',', ';')), $._rbrace),
      seq(
        '{', repeat(choice($.function_declaration, ',', ';')),
        choice('}', alias($._close_flush, $.missing_closer)),
      ),
    ),

    // ── jobs, servers, handles (2.6) ────────────────────────────────────────────────────────────────────────────

    job_declaration: $ => seq(
      repeat(field('decorators', $.decorator)),
      kw($, 'job'),
      field('name', $._name),
      optional(seq('on', field('queue', $._string_literal))),
      optional(seq('(', commas(field('options', $.option)), $._rparen)),
      choice(seq($._open_members, repeat(choice($._property_item, $.job_body, ';')), $._rbrace), $._no_body),
    ),
    option: $ => seq(
      field('key', choice($.identifier, alias($._arg_key, $.identifier))),
      field('sep', choice(':', '=')), field('value', $.expression),
    ),
    job_body: $ => seq(
      field('event', choice(kw($, 'perform'), kw($, 'on_failure'))),
      field('params', $.parameters),
      field('body', $._body),
    ),

    server_declaration: $ => seq(
      kw($, 'server'),
      choice(field('port', $.integer), seq(field('name', $.identifier), optional(field('port', $.integer)))),
      choice(seq($._open_members, repeat($._server_item), $._rbrace), $._no_body),
    ),
    _server_item: $ => choice(
      $.static_item,
      $.header_rules,
      $.middleware,
      $.require_auth,
      $.route,
      $.group,
      $._property_item,
      ';',
    ),
    static_item: $ => seq(
      kw($, 'static'), field('url', $._string_literal), 'from', field('folder', $._string_literal), $._sep,
    ),
    header_rules: $ => seq(field('kind', choice(kw($, 'cors'), kw($, 'csp'))), field('rules', $.dict), $._sep),
    middleware: $ => seq(
      kw($, 'middleware'), '[', commas(field('names', $.dotted_name)), $._rbracket, $._sep,
    ),
    require_auth: $ => seq(kw($, 'require_auth'), field('path', $._string_literal), $._sep),
    route: $ => seq(
      optional(field('semantic', kw($, 'semantic'))),
      kw($, 'route'),
      optional(field('method', $.identifier)),
      field('path', $._string_literal),
      choice(
        seq(choice('=>', ':'), field('target', $.flow_expression), $._sep),
        field('body', $.route_body),
      ),
    ),
    route_body: $ => seq(
      $._open_members, repeat(choice($._property_item, seq($.contract, $._sep), ';')), $._rbrace,
    ),
    group: $ => seq(
      kw($, 'group'), field('prefix', $._string_literal), '{', repeat($._server_item), $._rbrace,
    ),

    handle_declaration: $ => seq(
      field('family', choice(kw($, 'db'), kw($, 'auth'), kw($, 'kv'))),
      field('name', $.identifier),
      choice(
        seq('=', field('value', $.expression), $._term),
        field('body', alias($.route_body, $.handle_body)),
        $._no_body,
      ),
    ),

    // ── types (2.7) ─────────────────────────────────────────────────────────────────────────────────────────────

    type: $ => choice(
      $.type_name,
      $.type_option,
      $.type_union,
      $.type_tuple,
      $.type_fn,
      alias('null', $.type_null),
      alias($._missing_operand, $.missing_operand),
    ),
    type_union: $ => prec.left(1, seq($.type, '|', $.type)),
    type_option: $ => prec(2, seq(field('inner', $.type), '?')),
    // `agent[I, O]` is a type_name with two arguments.
    type_name: $ => prec.right(seq(
      $.identifier,
      repeat(seq('.', $.identifier)),
      optional(choice(
        seq('[', comma1(field('args', $.type)), $._rbracket),
        seq('<', comma1(field('angle_args', $.dotted_name)), '>'),
      )),
    )),
    type_tuple: $ => seq('(', optional(comma1($.type)), $._rparen),
    type_fn: $ => prec.right(seq(
      'fn', '(', optional(comma1(field('params', $.type))), $._rparen, optional(seq('->', field('returns', $.type))),
    )),

    // ── statements (2.8) ────────────────────────────────────────────────────────────────────────────────────────

    statement: $ => choice(
      $.let_statement,
      $.assign_statement,
      $.expression_statement,
      $.if_statement,
      $.for_statement,
      $.while_statement,
      $.loop_statement,
      $.semantic_if_statement,
      $.try_statement,
      $.try_agent_statement,
      $.autoloop_statement,
      $.with_context_statement,
      $.fork_statement,
      $.verify_statement,
      $.unharnessed_statement,
      $.assert_statement,
      $.defer_statement,
      $.return_statement,
      $.break_statement,
      $.continue_statement,
      $.raise_statement,
      $.sugar_statement,
      $.pass_statement,
      $.contract_statement,
      $.hook,
      $.context_policy,
      // At the start of a statement these end it by their own `}`.
      prec(1, $.match_expression),
      prec(1, $.semantic_case),
    ),

    let_statement: $ => seq(
      'let', field('pattern', $.pattern), optional(seq(':', field('type', $.type))), '=', field('value', $._rhs),
      optional($.stray_guard), $._term,
    ),
    // Only an expression may have one; read as one, it leaves the statements behind it alone.
    stray_guard: $ => seq('if', $.expression),
    assign_statement: $ => seq(
      field('target', $.expression),
      choice(
        seq(field('op', choice('=', '+=', '-=', '*=', '/=', '%=')), field('value', $._rhs)),
        seq(':', field('type', $.type), field('op', '='), field('value', $._rhs)),
      ),
      optional($.stray_guard),
      $._term,
    ),
    _rhs: $ => choice($.expression, $.typed_receive, $.timed_await),
    // That the expression is a call of `receive` is checked while lowering.
    typed_receive: $ => seq(field('value', $.expression), ':', field('type', $.type)),
    timed_await: $ => prec(PREC.unary + 1, seq(
      'await', field('value', $.simple_expression), ',', field('timeout', $.expression),
    )),
    expression_statement: $ => seq(
      field('value', $._rhs), optional(seq('if', field('guard', $.expression))), $._term,
    ),

    if_statement: $ => prec.right(seq(
      'if', field('cond', $.expression), field('then', $._body),
      optional(seq('else', field('else', choice($.block, $.if_statement, $.semantic_if_statement)))),
    )),
    for_statement: $ => seq(
      'for', optional(kw($, 'each')), field('pattern', $.pattern), optional(seq(',', field('second', $.identifier))),
      'in', field('iterable', $.expression), field('body', $._body),
    ),
    while_statement: $ => seq('while', field('cond', $.expression), field('body', $._body)),
    loop_statement: $ => prec.right(seq(
      'loop', field('body', $._body),
      optional(seq(kw($, 'until'), '(', field('until', $.expression), $._rparen)),
    )),
    semantic_if_statement: $ => prec.right(seq(
      'semantic_if',
      field('condition', $._string_literal),
      optional(seq('fast_match', optional(':'), field('fast_match', $._string_literal))),
      optional(seq('against', field('subject', $.expression))),
      field('body', $._body),
      optional(seq('else', field('else', choice($.block, $.if_statement, $.semantic_if_statement)))),
    )),
    try_statement: $ => prec.right(seq(
      'try', field('body', $._body),
      repeat(field('catches', $.catch_clause)),
      optional(seq(kw($, 'finally'), field('finally', $._body))),
    )),
    catch_clause: $ => seq(
      'catch',
      optional(seq('(', field('name', $.identifier), optional(seq(':', field('type', $.type))), $._rparen)),
      field('body', $._body),
    ),
    try_agent_statement: $ => prec.right(seq(
      'try_agent', field('body', $._body), repeat(field('catches', $.correction_clause)),
    )),
    correction_clause: $ => seq(
      'catch_correction',
      '(', field('name', $.identifier), optional(seq(':', field('type', $.type))), $._rparen,
      field('body', $._body),
    ),
    autoloop_statement: $ => seq(
      'autoloop', repeat(seq(field('config', $.config_item), optional(','))), field('body', $._body),
    ),
    with_context_statement: $ => seq(
      'with_context', repeat(seq(field('config', $.config_item), optional(','))), field('body', $._body),
    ),
    config_item: $ => seq(field('key', $.identifier), ':', field('value', $._config_value)),
    _config_value: $ => choice(
      $._string_literal,
      $._number,
      $.true,
      $.false,
      $.dotted_name,
      seq('(', $.expression, $._rparen),
      $.config_list,
    ),
    config_list: $ => seq('[', commas(choice($._string_literal, $.dotted_name)), $._rbracket),
    fork_statement: $ => prec.right(seq(
      'fork', field('branches', $.block), repeat(seq('and', field('branches', $.block))), optional($._merge_strategy),
    )),
    _merge_strategy: $ => seq(kw($, 'merge'), field('merge', $.dotted_name)),
    verify_statement: $ => seq(
      'verify',
      choice(
        seq(field('text', $._string_literal), 'against', field('subject', $.expression)),
        seq(field('subject', $.expression), 'satisfies', choice(field('type', $.type), field('text', $._string_literal))),
        field('subject', $.expression),
      ),
      $._term,
    ),
    unharnessed_statement: $ => seq(
      'unharnessed', optional(seq('(', field('reason', $._string_literal), $._rparen)), field('body', $._body),
    ),
    assert_statement: $ => seq(
      'assert',
      choice(
        seq(field('text', $._string_literal), 'against', field('value', $.expression)),
        seq(field('value', $.expression), optional(seq(',', field('message', $.expression)))),
      ),
      $._term,
    ),
    defer_statement: $ => seq('defer', choice(field('body', $.block), seq(field('body', $.expression), $._term))),
    return_statement: $ => seq('return', optional(seq(field('value', $._rhs), optional($.stray_guard))), $._term),
    break_statement: $ => seq('break', optional($.stray_guard), $._term),
    continue_statement: $ => seq('continue', optional($.stray_guard), $._term),
    raise_statement: $ => seq(kw($, 'raise'), field('value', $.expression), optional($.stray_guard), $._term),
    sugar_statement: $ => seq(
      field('word', choice(kw($, 'print'), kw($, 'reflect'))), field('value', $.expression), optional($.stray_guard), $._term,
    ),
    pass_statement: $ => seq(
      kw($, 'pass'),
      choice(
        seq(field('value', $.expression), 'to', field('target', $.expression)),
        seq(field('target', $.expression), ',', field('value', $.expression)),
      ),
      optional($.stray_guard),
      $._term,
    ),
    contract_statement: $ => seq(
      field('clause', choice(kw($, 'requires'), kw($, 'ensures'), kw($, 'invariant'))),
      optional(':'),
      field('condition', $.expression),
      $._term,
    ),

    // ── expressions (2.9, 2.10) ─────────────────────────────────────────────────────────────────────────────────

    expression: $ => choice($.otherwise, $.background, $.coalesce, $.branch, $.branch_cases, $.flow_expression),

    otherwise: $ => prec.right(PREC.otherwise, seq(
      field('value', $.expression),
      field('word', choice('otherwise', 'fallback')),
      field('handler', choice($.block, $.expression)),
    )),
    background: $ => prec.left(PREC.background, seq(
      field('left', $.expression), field('op', '||'), field('right', $.expression),
    )),
    // prec.right lets `:` always go on with the branch (R-COLON); `??` itself is left-associative by its operands.
    coalesce: $ => prec.right(PREC.branch, seq(
      field('left', $.expression), field('op', '??'), field('right', $.flow_expression),
    )),
    branch: $ => prec.right(PREC.branch, seq(
      field('subject', $.expression), field('op', '??'),
      field('yes', $.flow_expression), ':', field('no', $.flow_expression),
    )),
    branch_cases: $ => prec.right(PREC.branch, seq(
      field('subject', $.expression), field('op', '??'), field('cases', $.case_block),
    )),
    case_block: $ => seq(alias($._case_brace, '{'), repeat1(choice(seq($.case, $._sep), ';')), $._brace_end),
    case: $ => seq(field('label', choice($._string_literal, $.identifier)), '=>', field('body', $._arm_body)),

    flow_expression: $ => choice(
      $.pipe, $.fan_out, $.merge, $.consensus, $.pipe_call, $.foreign_operation, $.simple_expression,
    ),
    pipe: $ => flow($, '>>', $.simple_expression),
    fan_out: $ => flow($, '|>>', choice($.simple_expression, $.hint_set)),
    merge: $ => flow($, '&>>', $.simple_expression),
    consensus: $ => flow($, '&&', $.simple_expression),
    pipe_call: $ => flow($, '|>', $.simple_expression),
    // Operators of other languages, so that one of them costs one finding (NX113) and no structure.
    foreign_operation: $ => flow($, $.foreign_operator, $.simple_expression),
    foreign_operator: _ => token(choice('~>', '~>>', '===', '!==', '++', '**', '&', '^', '~', '<|', '|>>>', /<-[ \t]/)),
    hint_set: $ => seq('{', comma1($.expression), optional(','), $._brace_end),

    simple_expression: $ => choice(
      $.binary,
      $.not,
      $.compare,
      $.is_type,
      $.unary,
      $.await,
      $.spawn,
      $.member,
      $.call,
      $.index,
      $.slice,
      $.propagate,
      $.identifier,
      $._number,
      $._string_literal,
      $.template,
      $.true,
      $.false,
      $.null,
      $.parenthesized,
      $.tuple,
      $.list,
      $.dict,
      $.struct_literal,
      $.variant_expression,
      $.lambda,
      $.match_expression,
      $.semantic_case,
      $.fork_expression,
      $.conditional,
      $.python_block,
      alias($._missing_operand, $.missing_operand),
    ),

    binary: $ => choice(...[
      ['or', PREC.or], ['and', PREC.and],
      ['+', PREC.add], ['-', PREC.add],
      ['*', PREC.multiply], ['/', PREC.multiply], ['%', PREC.multiply],
    ].map(([op, level]) => prec.left(level, seq(
      field('left', $.simple_expression), field('op', op), field('right', $.simple_expression),
    )))),
    not: $ => prec(PREC.not, seq('not', field('operand', $.simple_expression))),
    // Left-associative here, so that a chain is a nested node and NX111 can name its second operator.
    compare: $ => prec.left(PREC.compare, seq(
      field('left', $.simple_expression),
      field('op', choice('==', '!=', '<', '<=', '>', '>=', 'in', $.not_in, 'contains')),
      field('right', $.simple_expression),
    )),
    not_in: _ => seq('not', 'in'),
    is_type: $ => prec.left(PREC.compare, seq(
      field('operand', $.simple_expression),
      field('op', 'is'),
      optional(field('negated', 'not')),
      field('type', choice(
        alias($._is_type_name, $.type_name), alias('null', $.type_null), $.type_tuple, $.type_variant,
      )),
    )),
    // No `<…>` here: `<` after a type would compare.
    _is_type_name: $ => prec.right(seq(
      $.identifier, repeat(seq('.', $.identifier)), optional(seq('[', comma1(field('args', $.type)), $._rbracket)),
    )),
    type_variant: $ => seq(field('enum', $.identifier), '::', field('variant', $.identifier)),
    unary: $ => prec(PREC.unary, seq(field('op', choice('-', '+', '!')), field('operand', $.simple_expression))),
    await: $ => prec(PREC.unary, seq('await', field('value', $.simple_expression))),
    spawn: $ => seq(kw($, 'spawn'), field('target', $.identifier), field('args', $.arguments)),

    member: $ => prec.left(PREC.postfix, seq(field('object', $.simple_expression), '.', field('member', $.identifier))),
    call: $ => prec.left(PREC.postfix, seq(field('callee', $.simple_expression), field('args', $.arguments))),
    index: $ => prec.left(PREC.postfix, seq(
      field('object', $.simple_expression), '[', field('index', $.expression), $._rbracket,
    )),
    slice: $ => prec.left(PREC.postfix, seq(
      field('object', $.simple_expression), '[',
      optional(field('low', $.simple_expression)), ':', optional(field('high', $.simple_expression)), $._rbracket,
    )),
    propagate: $ => prec.left(PREC.postfix, seq(field('value', $.simple_expression), field('op', '?'))),

    arguments: $ => seq('(', commas($.argument), $._rparen),
    argument: $ => choice(
      seq(field('name', alias($._arg_key, $.identifier)), choice('=', ':'), field('value', $.expression)),
      seq(field('spread', '..'), field('value', $.expression)),
      seq(field('every', kw($, 'every')), field('value', $.duration)),
      field('value', $.expression),
    ),

    parenthesized: $ => seq('(', $.expression, $._rparen),
    tuple: $ => choice(
      seq('(', $._rparen),
      seq('(', $.expression, ',', optional(seq(comma1($.expression), optional(','))), $._rparen),
    ),
    // `fallback: …` belongs to lists of models only; lowering says so elsewhere. It is the only key in a list, so any
    // other key at the start of a line tells that the list was not closed.
    list: $ => seq('[', commas(choice($.expression, $.spread, $.model_fallback)), $._rbracket),
    spread: $ => seq('..', field('value', $.expression)),
    dict: $ => seq(
      optional(field('map', kw($, 'map'))),
      alias($._dict_brace, '{'), commas(choice($.entry, $.spread, $._name_here)), $._brace_end,
    ),
    entry: $ => seq(field('key', choice($.identifier, $._string_literal, $.integer)), ':', field('value', $.expression)),
    struct_literal: $ => seq(
      field('name', $.identifier), alias($._struct_brace, '{'), comma1(choice($.struct_field_value, $._name_here)), optional(','), $._brace_end,
    ),
    struct_field_value: $ => seq(field('name', $.identifier), ':', field('value', $.expression)),
    variant_expression: $ => prec.right(PREC.postfix + 1, seq(
      field('enum', $.identifier), '::', field('variant', $.identifier), optional(field('args', $.arguments)),
    )),
    lambda: $ => prec.right(seq(
      'fn', field('params', $.parameters), optional(field('returns', $.returns)),
      choice(field('body', $.block), seq('=>', field('body', $.expression))),
    )),
    conditional: $ => prec.right(seq(
      'if', field('cond', $.expression), 'then', field('then', $.expression), 'else', field('else', $.expression),
    )),
    fork_expression: $ => prec.right(seq(
      'fork', '[', commas(field('branches', $.fork_branch)), $._rbracket, optional($._merge_strategy),
    )),
    fork_branch: $ => seq(
      optional(seq(field('name', alias($._arg_key, $.identifier)), '=')), field('value', $.expression),
    ),
    semantic_case: $ => seq(
      'semantic_if', '(', field('subject', $.expression), ',', field('question', $._string_literal), $._rparen,
      field('cases', alias($._semantic_cases, $.case_block)),
    ),
    _semantic_cases: $ => seq('{', repeat(choice(seq($.case, $._sep), ';')), $._rbrace),

    // ── matching ────────────────────────────────────────────────────────────────────────────────────────────────

    match_expression: $ => seq(
      choice(
        seq('match', optional(field('intent', kw($, 'intent_head')))),
        field('fast', kw($, 'fast_match')),
      ),
      field('subject', $.expression),
      '{', repeat(choice(seq($.match_arm, $._sep), ';')), $._rbrace,
    ),
    match_arm: $ => seq(
      field('pattern', choice($.pattern, $.intent_pattern)),
      optional(seq('if', field('guard', $.expression))),
      '=>',
      field('body', $._arm_body),
      optional(seq('if', field('late_guard', $.expression))),
    ),
    intent_pattern: $ => seq(kw($, 'intent_arm'), '(', field('text', $._string_literal), $._rparen),
    _arm_body: $ => choice(
      $.block,
      $.expression,
      alias($._arm_return, $.return_statement),
      alias('break', $.break_statement),
      alias('continue', $.continue_statement),
      alias($._arm_raise, $.raise_statement),
    ),
    _arm_return: $ => prec.right(seq('return', optional(field('value', $.expression)))),
    _arm_raise: $ => seq(kw($, 'raise'), field('value', $.expression)),

    // `_` and `default` are names here; lowering knows them.
    pattern: $ => choice(
      $.identifier,
      $._number,
      $.negative_number,
      $._string_literal,
      $.true,
      $.false,
      $.null,
      $.tuple_pattern,
      $.list_pattern,
      $.record_pattern,
      $.variant_pattern,
      alias($._missing_operand, $.missing_operand),
    ),
    negative_number: $ => seq('-', $._number),
    tuple_pattern: $ => seq('(', commas($.pattern), $._rparen),
    list_pattern: $ => seq('[', commas(choice($.pattern, $.rest_pattern)), $._rbracket),
    rest_pattern: $ => prec.right(seq('..', optional(field('name', $.identifier)))),
    record_pattern: $ => seq(
      choice(
        alias($._dict_brace, '{'),
        seq(field('name', $.identifier), alias($._struct_brace, '{')),
      ),
      commas(choice($.record_entry, $.rest_pattern, $._name_here)),
      $._brace_end,
    ),
    record_entry: $ => seq(
      field('key', choice($.identifier, $._string_literal)), optional(seq(':', field('pattern', $.pattern))),
    ),
    variant_pattern: $ => choice(
      seq(
        optional(seq(field('enum', $.identifier), '::')),
        field('variant', $.identifier),
        '(', commas(field('items', $.pattern)), $._rparen,
      ),
      seq(field('enum', $.identifier), '::', field('variant', $.identifier)),
    ),

    // ── literals (1.6–1.11) ─────────────────────────────────────────────────────────────────────────────────────

    _number: $ => choice($.integer, $.float, $.duration, $.malformed_number),
    // Ties go to the first of these; a longer match (`2nd`, `5sec`) is malformed.
    integer: _ => token(/[0-9][0-9_]*/),
    float: _ => token(choice(/[0-9][0-9_]*\.[0-9][0-9_]*([eE][+-]?[0-9]+)?/, /[0-9][0-9_]*[eE][+-]?[0-9]+/)),
    duration: _ => token(/[0-9][0-9_]*(\.[0-9]+)?(ms|s|m|h|d)/),
    malformed_number: _ => token(/[0-9][0-9_]*(\.[0-9][0-9_]*)*([a-zA-Z_][a-zA-Z0-9_]*)?/),

    true: _ => 'true',
    false: _ => 'false',
    null: _ => 'null',

    _string_literal: $ => choice($.string, $.f_string, $.raw_string),

    string: $ => choice(
      seq('"', repeat($._double_part), choice(token.immediate('"'), alias($._close_line_string, $.missing_quote))),
      seq('\'', repeat($._single_part), choice(token.immediate('\''), alias($._close_line_string, $.missing_quote))),
      seq('"""', repeat($._triple_part), choice('"""', alias($._content_end, $.unterminated_content))),
      seq('`', repeat($._backtick_part), choice(token.immediate('`'), alias($._content_end, $.unterminated_content))),
    ),
    // Property values may go on over lines, where the scanner has seen their end (9.9).
    _multiline_string: $ => seq(
      alias($._multiline_quote, '"'),
      repeat(choice(
        alias($._multiline_double_content, $.string_content), $.escape_sequence, $.interpolation, $._hash,
      )),
      token.immediate('"'),
    ),
    _multiline_apostrophe_string: $ => seq(
      alias($._multiline_apostrophe, '\''),
      repeat(choice(
        alias($._multiline_single_content, $.string_content), $.escape_sequence, $.interpolation, $._hash,
      )),
      token.immediate('\''),
    ),
    f_string: $ => choice(
      seq(
        'f"',
        repeat(choice(alias($._f_double_content, $.string_content), $._f_part)),
        choice(token.immediate('"'), alias($._close_line_string, $.missing_quote)),
      ),
      seq(
        'f\'',
        repeat(choice(alias($._f_single_content, $.string_content), $._f_part)),
        choice(token.immediate('\''), alias($._close_line_string, $.missing_quote)),
      ),
      seq(
        'f"""',
        repeat(choice(alias($._f_triple_content, $.string_content), $._f_part)),
        token.immediate(prec(2, '"""')),
      ),
    ),
    _f_part: $ => choice(
      $.escape_sequence,
      alias($._line_interpolation, $.interpolation),
      $.f_interpolation,
      alias($._f_brace, $.string_content),
      $._hash,
    ),
    f_interpolation: $ => seq(
      token.immediate('{'),
      field('value', $.expression),
      optional($.f_format),
      choice('}', alias($._close_interpolation, $.missing_closer)),
    ),
    raw_string: $ => choice(
      seq('r"', optional(alias($._raw_double, $.raw_content)), choice(token.immediate('"'), alias($._close_line_string, $.missing_quote))),
      seq('r\'', optional(alias($._raw_single, $.raw_content)), choice(token.immediate('\''), alias($._close_line_string, $.missing_quote))),
      seq('r"""', optional(alias($._raw_text, $.raw_content)), choice('"""', alias($._content_end, $.unterminated_content))),
    ),
    template: $ => seq(
      'template"""', optional(alias($._raw_text, $.raw_content)), choice('"""', alias($._content_end, $.unterminated_content)),
    ),
    python_block: $ => seq('python!', field('code', $.python_string)),
    python_string: $ => choice(
      seq('"""', optional(alias($._raw_text, $.raw_content)), choice('"""', alias($._content_end, $.unterminated_content))),
      seq('\'\'\'', optional(alias($._raw_apostrophe_text, $.raw_content)), choice('\'\'\'', alias($._content_end, $.unterminated_content))),
    ),

    // Several tokens where a line of the text begins like a declaration: see scan_literal in scanner.c.
    _raw_text: $ => repeat1($._raw_content),
    _raw_apostrophe_text: $ => repeat1($._raw_apostrophe_content),

    _double_part: $ => choice(
      alias($._double_content, $.string_content),
      $.escape_sequence,
      alias($._line_interpolation, $.interpolation),
      $._hash,
    ),
    _single_part: $ => choice(
      alias($._single_content, $.string_content),
      $.escape_sequence,
      alias($._line_interpolation, $.interpolation),
      $._hash,
    ),
    _triple_part: $ => choice(alias($._triple_content, $.string_content), $.escape_sequence, $.interpolation),
    _backtick_part: $ => choice(alias($._backtick_content, $.string_content), $.escape_sequence, $.interpolation),

    // prec(1) keeps `//` and `#` in a string from being comments.
    _double_content: _ => token.immediate(prec(1, /[^"\\#\r\n]+/)),
    _single_content: _ => token.immediate(prec(1, /[^'\\#\r\n]+/)),
    _multiline_double_content: _ => token.immediate(prec(1, /[^"\\#]+/)),
    _multiline_single_content: _ => token.immediate(prec(1, /[^'\\#]+/)),
    _f_double_content: _ => token.immediate(prec(1, /[^"\\#{}\r\n]+/)),
    _f_single_content: _ => token.immediate(prec(1, /[^'\\#{}\r\n]+/)),
    _f_triple_content: _ => token.immediate(prec(1, /([^"\\#{}]|"[^"\\#{}]|""[^"\\#{}])+/)),
    _f_brace: _ => token.immediate(prec(2, choice('{{', '}}', '}'))),
    _raw_double: _ => token.immediate(prec(1, /[^"\r\n]+/)),
    _raw_single: _ => token.immediate(prec(1, /[^'\r\n]+/)),
    _hash: $ => alias(token.immediate(prec(1, '#')), $.string_content),
    escape_sequence: _ => token.immediate(prec(2, /\\(u\{[0-9a-fA-F]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|\r|[^\r\n])/)),

    interpolation: $ => seq(
      token.immediate(prec(2, '#{')),
      optional(seq(field('value', $.expression), repeat(seq('|', field('filters', $.filter))))),
      choice('}', alias($._close_interpolation, $.missing_closer)),
    ),
    // In a one-line string a newline ends the interpolation too (9.12): its closer may be the end of the line.
    _line_interpolation: $ => seq(
      token.immediate(prec(2, '#{')),
      optional(seq(field('value', $.expression), repeat(seq('|', field('filters', $.filter))))),
      choice('}', alias($._close_interpolation, $.missing_closer), alias($._close_line_string, $.missing_closer)),
    ),
    filter: $ => seq(field('name', $.identifier), optional(field('args', $.arguments))),

    // ── trivia and names ────────────────────────────────────────────────────────────────────────────────────────

    doc_comment: _ => token(prec(1, /\/\/\/[^\r\n]*/)),
    line_comment: _ => token(/\/\/[^\r\n]*/),
    block_comment: _ => token(seq('/*', /[^*]*\*+([^/*][^*]*\*+)*/, '/')),
    hash_comment: _ => token(/#([^{\r\n][^\r\n]*)?/),

    identifier: _ => /[_\p{XID_Start}][_\p{XID_Continue}]*/,
  },
});

/** A left-associative flow operator (level 4). */
function flow($, op, right) {
  return prec.left(PREC.flow, seq(field('left', $.flow_expression), field('op', op), field('right', right)));
}
