/**
 * The grammar of secrets files (`.nxs`) for tree-sitter: docs/language/reference.md, section 2.11.
 *
 * Every rule begins with a token of its own, so separators may be left out anywhere and no newline matters. As in the
 * grammar of programs, what is unfinished becomes a zero-width `missing_…` node and stays where it is: a string ends
 * at its line's end, a block before a `config` at column 0.
 */

module.exports = grammar({
  name: 'nexa_secrets',

  word: $ => $.identifier,

  extras: $ => [/\s/, $.doc_comment, $.line_comment, $.block_comment, $.hash_comment],

  supertypes: $ => [$.value],

  externals: $ => [
    $._close, // `}` missing before a `config` at column 0, or at the end of the file
    $._close_line_string, // the closing quote of a one-line string, missing at the end of its line
    $._missing_value, // nothing behind the `=` on its line
    $._error_sentinel,
  ],

  inline: $ => [$._rbrace, $._quote_end],

  rules: {
    source_file: $ => repeat(choice($.config_block, $.entry, ',', ';')),

    config_block: $ => seq(
      'config', field('name', $.identifier), '{', repeat(choice($.entry, ',', ';')), $._rbrace,
    ),
    entry: $ => seq(field('key', $._key), field('sep', choice('=', ':')), field('value', $.value)),
    // Any word is a key, `config` too where no name follows it; the other words are no keywords here.
    _key: $ => choice($.identifier, alias('config', $.identifier)),

    value: $ => choice(
      $.string, $.raw_string, $.integer, $.float, $.signed_number, $.malformed_number, $.true, $.false, $.dict,
      alias($._missing_value, $.missing_operand),
    ),
    dict: $ => seq('{', optional(seq($.dict_entry, repeat(seq(',', $.dict_entry)), optional(','))), $._rbrace),
    dict_entry: $ => seq(field('key', choice($._key, $.string, $.raw_string)), ':', field('value', $.value)),

    _rbrace: $ => choice('}', alias($._close, $.missing_closer)),
    _quote_end: $ => alias($._close_line_string, $.missing_quote),

    string: $ => choice(
      seq('"', repeat($._double_part), choice(token.immediate('"'), $._quote_end)),
      seq('\'', repeat($._single_part), choice(token.immediate('\''), $._quote_end)),
      seq('"""', repeat($._triple_part), token.immediate(prec(2, '"""'))),
    ),
    raw_string: $ => choice(
      seq('r"', optional(alias($._raw_double, $.raw_content)), choice(token.immediate('"'), $._quote_end)),
      seq('r\'', optional(alias($._raw_single, $.raw_content)), choice(token.immediate('\''), $._quote_end)),
      seq('r"""', optional(alias($._raw_triple, $.raw_content)), token.immediate(prec(2, '"""'))),
    ),
    _double_part: $ => choice(alias($._double_content, $.string_content), $.escape_sequence),
    _single_part: $ => choice(alias($._single_content, $.string_content), $.escape_sequence),
    _triple_part: $ => choice(alias($._triple_content, $.string_content), $.escape_sequence),

    // prec(1) keeps `//` and `#` in a string from being comments.
    _double_content: _ => token.immediate(prec(1, /[^"\\\r\n]+/)),
    _single_content: _ => token.immediate(prec(1, /[^'\\\r\n]+/)),
    _triple_content: _ => token.immediate(prec(1, /[^"\\]+|""?/)),
    _raw_double: _ => token.immediate(prec(1, /[^"\r\n]+/)),
    _raw_single: _ => token.immediate(prec(1, /[^'\r\n]+/)),
    _raw_triple: _ => token.immediate(prec(1, /([^"]|"[^"]|""[^"])+/)),
    escape_sequence: _ => token.immediate(prec(2, /\\(u\{[0-9a-fA-F]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r?\n|\r|[^\r\n])/)),

    signed_number: $ => seq(choice('-', '+'), choice($.integer, $.float)),
    integer: _ => token(/[0-9][0-9_]*/),
    float: _ => token(choice(/[0-9][0-9_]*\.[0-9][0-9_]*([eE][+-]?[0-9]+)?/, /[0-9][0-9_]*[eE][+-]?[0-9]+/)),
    malformed_number: _ => token(/[0-9][0-9_]*(\.[0-9][0-9_]*)*([a-zA-Z_][a-zA-Z0-9_]*)?/),
    true: _ => 'true',
    false: _ => 'false',

    doc_comment: _ => token(prec(1, /\/\/\/[^\r\n]*/)),
    line_comment: _ => token(/\/\/[^\r\n]*/),
    block_comment: _ => token(seq('/*', /[^*]*\*+([^/*][^*]*\*+)*/, '/')),
    hash_comment: _ => token(/#[^\r\n]*/),

    identifier: _ => /[_\p{XID_Start}][_\p{XID_Continue}]*/,
  },
});
