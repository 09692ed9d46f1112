/*
 * The external scanner of Nexa: everything that docs/language/reference.md words as "followed by …".
 *
 * What it may emit is told by the parse state (`valid`); what it does emit is decided by looking ahead. A token ends
 * at the last `mark_end`, so a zero-width token marks before it looks, and a word marks behind itself before it looks
 * further. After looking past a comment only zero-width tokens may be emitted: the comment has to stay for the parser
 * to see. The state is two bits: whether a block comment was found to have no end, and whether the last token of this
 * scanner was RESYNC. The second one is there to be seen: while tree-sitter recovers, it does not go on by skipping a
 * token that changes the state if there is a place that takes it. Without that it would skip the end of a declaration
 * and the word of the next one, when what is torn needs but one more name.
 *
 * Only functions that tree-sitter's WebAssembly build offers are used (no strstr, strcpy, strcat).
 */

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

#include <string.h>

enum Token {
  AUTO,
  AUTO_SEP,
  CLOSE,
  RESYNC,
  CLOSE_FLUSH,
  CLOSE_BRACKET,
  CLOSE_BRACE,
  CLOSE_INTERPOLATION,
  CLOSE_LINE_STRING,
  MISSING_OPERAND,
  MISSING_NAME,
  MISSING_OPEN_BLOCK,
  MISSING_OPEN_MEMBERS,
  LEFT_BRACE,
  OPEN_INDENT,
  STRUCT_BRACE,
  DICT_BRACE,
  CASE_BRACE,
  LINE_ENDS,
  NAME_HERE,
  ARG_KEY,
  PROP_KEY,
  MULTILINE_QUOTE,
  MULTILINE_APOSTROPHE,
  TRIPLE_CONTENT,
  F_FORMAT,
  BACKTICK_CONTENT,
  RAW_CONTENT,
  RAW_APOSTROPHE_CONTENT,
  CONTENT_END,
  UNTERMINATED_COMMENT,
  FIRST_KEYWORD,
  KEYWORD_FLOW = FIRST_KEYWORD + 5,
  KEYWORD_PRINT = FIRST_KEYWORD + 18,
  LAST_KEYWORD = FIRST_KEYWORD + 52,
  ERROR_SENTINEL,
};

/* What has to follow a word on its line for it to be a keyword. */
enum Follow {
  WORD,        /* a word that is not infix */
  NAME_OR_SLIP, /* the same, or what stands there when the name is missing: `{`, a number, a string */
  ANY_WORD,
  NOT_IN,      /* a word other than `in` */
  QUOTE,
  PORT,        /* a digit or a word */
  OPERAND,     /* R-SUGAR: a quote, a digit or a word that is not infix, or `not` */
  CONDITION,   /* the same, or `:` */
  SUBJECT,     /* a word that is not infix, or a quote */
  BODY,        /* `{` */
  BODY_OR_COLON,
  HOOK,        /* `{`, or `(…)` and `{` */
  PAREN,
  DIGIT,
  COLON,
  BRACKET,
  DICT,        /* `{` or `map` */
  PATH,        /* a quote, or a method name and a quote */
  ROUTE,       /* the word `route` */
};

struct Keyword {
  const char *word;
  enum Follow follow;
};

/* In the order of CONTEXTUAL in grammar.js. */
static const struct Keyword KEYWORDS[] = {
  {"include", QUOTE}, {"use", WORD}, {"agent", NAME_OR_SLIP}, {"tool", NAME_OR_SLIP},
  {"protocol", NAME_OR_SLIP}, {"flow", NAME_OR_SLIP}, {"fn", WORD}, {"test", QUOTE}, {"type", WORD},
  {"struct", NAME_OR_SLIP}, {"enum", NAME_OR_SLIP}, {"trait", NAME_OR_SLIP}, {"impl", WORD}, {"job", NAME_OR_SLIP},
  {"server", PORT}, {"db", WORD}, {"auth", WORD}, {"kv", WORD},
  {"print", OPERAND}, {"reflect", OPERAND}, {"pass", OPERAND}, {"raise", OPERAND},
  {"requires", CONDITION}, {"ensures", CONDITION}, {"invariant", CONDITION},
  {"before_step", BODY}, {"after_step", BODY}, {"on_error", HOOK}, {"before_tool", HOOK}, {"after_tool", HOOK},
  {"context", BODY}, {"context_policy", BODY_OR_COLON},
  {"perform", PAREN}, {"on_failure", PAREN}, {"static", QUOTE}, {"group", QUOTE}, {"require_auth", QUOTE},
  {"route", PATH}, {"semantic", ROUTE}, {"middleware", BRACKET}, {"cors", DICT}, {"csp", DICT},
  {"fallback", COLON}, {"each", NOT_IN}, {"every", DIGIT}, {"map", BODY}, {"spawn", WORD}, {"intent", SUBJECT},
  {"intent", PAREN}, {"fast_match", SUBJECT}, {"until", PAREN}, {"finally", BODY}, {"merge", ANY_WORD},
};
enum { KEYWORD_COUNT = sizeof KEYWORDS / sizeof KEYWORDS[0], DECLARATION_COUNT = 18, WORD_MAX = 24 };

static const char *const INFIX[] = {
  "in", "is", "and", "or", "not", "if", "otherwise", "fallback", "contains", "to", "merge", "satisfies", "against",
  "else",
};
/* A line beginning with one of these goes on with the line before it (1.3). `not` only before `in`. */
static const char *const CONTINUATION[] = {"and", "or", "in", "is", "otherwise"};
/* A line beginning with one of these cannot go on with what a bracket holds. */
static const char *const STATEMENT_WORDS[] = {
  "let", "return", "for", "while", "match", "loop", "try", "if", "break", "continue", "defer", "assert", "verify",
  "autoloop", "with_context", "semantic_if", "try_agent", "unharnessed",
};
/* Of those, the ones that cannot begin an operand either. */
static const char *const NEVER_OPERANDS[] = {
  "let", "return", "for", "while", "loop", "try", "break", "continue", "defer", "assert", "verify", "autoloop",
  "with_context", "try_agent", "unharnessed",
};
/* Words that go on with a header: before one of these its `{` is not missing. */
static const char *const HEADER_WORDS[] = {
  "requires", "ensures", "invariant", "uses", "implements", "fast_match", "then", "if", "semantic_if", "for", "on",
};
static const char *const SUGAR_WORDS[] = {"print", "reflect", "pass", "raise"};
/* Keywords that win over a property key. */
static const char *const NEVER_KEYS[] = {"uses", "context_policy", "requires", "ensures", "invariant"};

#define IN(word, list) in((word), (list), sizeof(list) / sizeof((list)[0]))

static bool in(const char *word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(word, list[i]) == 0) return true;
  }
  return false;
}

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline bool is_newline(int32_t c) { return c == '\n' || c == '\r'; }

/* Unicode's white space; the C library's answer depends on the locale. */
static inline bool is_space(int32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Letters, near enough: beyond ASCII everything but spaces, punctuation and symbols. */
static inline bool is_word_start(int32_t c) {
  if (c < 0x80) return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return !(is_space(c) || (c < 0xc0 && c != 0xaa && c != 0xb5 && c != 0xba) || c == 0xd7 || c == 0xf7 ||
           (c >= 0x2000 && c <= 0x206f) || (c >= 0x2190 && c <= 0x2bff) || (c >= 0x3001 && c <= 0x3020) ||
           (c >= 0xff01 && c <= 0xff0f) || (c >= 0xff1a && c <= 0xff20) || (c >= 0xff3b && c <= 0xff40) ||
           (c >= 0xff5b && c <= 0xff65) || c >= 0x1f000);
}

static inline bool is_word(int32_t c) { return is_word_start(c) || (c >= '0' && c <= '9'); }

static inline bool is_digit(int32_t c) { return c >= '0' && c <= '9'; }

static inline bool is_quote(int32_t c) { return c == '"' || c == '\'' || c == '`'; }

/* Reads a word; longer words than any keyword are cut, which no list contains. */
static void read_word(TSLexer *lexer, char word[WORD_MAX]) {
  unsigned length = 0;
  while (is_word(lexer->lookahead)) {
    if (length < WORD_MAX - 1) word[length++] = lexer->lookahead < 0x80 ? (char)lexer->lookahead : '?';
    advance(lexer);
  }
  word[length] = 0;
}

static void skip_blanks(TSLexer *lexer) {
  while (lexer->lookahead == ' ' || lexer->lookahead == '\t') advance(lexer);
}

/* Behind the `/` of a comment: moves past it, and says whether it went over a line. */
static bool skip_comment(TSLexer *lexer) {
  bool newline = false;
  if (lexer->lookahead == '/') {
    while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) advance(lexer);
    return false;
  }
  int32_t before = 0;
  advance(lexer);
  while (!lexer->eof(lexer) && !(before == '*' && lexer->lookahead == '/')) {
    before = lexer->lookahead;
    if (is_newline(before)) newline = true;
    advance(lexer);
  }
  advance(lexer);
  return newline;
}

/* Blanks, newlines and comments; for look-ahead into a body. */
static void skip_trivia(TSLexer *lexer) {
  for (;;) {
    while (is_space(lexer->lookahead)) advance(lexer);
    if (lexer->lookahead != '/') return;
    advance(lexer);
    if (lexer->lookahead != '/' && lexer->lookahead != '*') return;
    skip_comment(lexer);
  }
}

/* Skips a quoted string whose opening quote is next. */
static void skip_string(TSLexer *lexer) {
  int32_t quote = lexer->lookahead;
  advance(lexer);
  while (!lexer->eof(lexer) && lexer->lookahead != quote && !is_newline(lexer->lookahead)) {
    if (lexer->lookahead == '\\') advance(lexer);
    advance(lexer);
  }
  if (lexer->lookahead == quote) advance(lexer);
}

/* Behind a word: does it belong to a literal, `r"` or `f"`? */
static bool is_prefixed(TSLexer *lexer, const char *word) {
  return is_quote(lexer->lookahead) && (strcmp(word, "r") == 0 || strcmp(word, "f") == 0);
}

/* Behind a word: `:` (not `::`) or `=` (not `==`, `=>`) makes it a key; in a body of members a quote or `[` too (NX906). */
static bool key_follows(TSLexer *lexer, bool strict) {
  skip_blanks(lexer);
  int32_t c = lexer->lookahead;
  if (c == ':') {
    advance(lexer);
    return lexer->lookahead != ':';
  }
  if (c == '=') {
    advance(lexer);
    return lexer->lookahead != '=' && lexer->lookahead != '>';
  }
  return !strict && (is_quote(c) || c == '[');
}

static bool keyword_takes_quotes(enum Follow follow) { return follow == QUOTE || follow == PATH || follow == BRACKET; }

static bool ends_parameter(int32_t c) { return c == ')' || c == '{' || c == '}' || c == ';'; }

static bool follows(TSLexer *lexer, enum Follow follow) {
  skip_blanks(lexer);
  int32_t c = lexer->lookahead;
  char word[WORD_MAX];
  switch (follow) {
    case BODY: return c == '{';
    case BODY_OR_COLON: return c == '{' || c == ':';
    case COLON: return c == ':';
    case PAREN: return c == '(';
    case BRACKET: return c == '[';
    case DIGIT: return is_digit(c);
    case QUOTE: break;
    case PORT: if (is_digit(c)) return true; break;
    case NAME_OR_SLIP: if (c == '{' || is_digit(c) || is_quote(c)) return true; break;
    case DICT: if (c == '{') return true; break;
    case CONDITION: if (c == ':') return true; /* fall through */
    case OPERAND: if (is_digit(c)) return true; /* fall through */
    case SUBJECT: if (is_quote(c)) return true; break;
    case HOOK:
      if (c == '{') return true;
      if (c != '(') return false;
      while (!lexer->eof(lexer) && !ends_parameter(lexer->lookahead)) advance(lexer);
      if (lexer->lookahead != ')') return false;
      advance(lexer);
      while (is_space(lexer->lookahead)) advance(lexer);
      return lexer->lookahead == '{';
    default: break;
  }
  if (!is_word_start(c)) return (follow == QUOTE || follow == PATH) && is_quote(c);
  read_word(lexer, word);
  switch (follow) {
    case QUOTE: return is_prefixed(lexer, word);
    case PATH:
      if (is_prefixed(lexer, word)) return true;
      skip_blanks(lexer);
      if (!is_word_start(lexer->lookahead)) return is_quote(lexer->lookahead);
      read_word(lexer, word);
      return is_prefixed(lexer, word);
    case ROUTE: return strcmp(word, "route") == 0;
    case DICT: return strcmp(word, "map") == 0;
    case NOT_IN: return strcmp(word, "in") != 0;
    case ANY_WORD: return true;
    case OPERAND:
    case CONDITION: return strcmp(word, "not") == 0 || !IN(word, INFIX);
    default: return !IN(word, INFIX);
  }
}

/* The place in KEYWORDS of a word that begins a top-level declaration; -1 for any other word. */
static int declaration_keyword(const char *word) {
  for (int i = 0; i < DECLARATION_COUNT; i++) {
    if (strcmp(word, KEYWORDS[i].word) == 0) return i;
  }
  return -1;
}

/* Behind the word of a line that starts at column 0: does a top-level declaration begin there? Only looks. */
static bool starts_declaration(TSLexer *lexer, const char *word) {
  int keyword = declaration_keyword(word);
  return keyword >= 0 && follows(lexer, KEYWORDS[keyword].follow);
}

/* Whether quotes behind this text, the last of its line, open a literal rather than close one. */
static bool opens_literal(const char before[8]) {
  switch (before[7]) {
    case ':': case '=': case '(': case ',': case '!': return true;
    default: return memcmp(before, "template", 8) == 0;
  }
}

/* At the start of a line: does a declaration begin here? Only looks. */
static bool declaration_line(TSLexer *lexer) {
  char word[WORD_MAX];
  if (lexer->lookahead == '@') {
    advance(lexer);
    return is_word_start(lexer->lookahead);
  }
  read_word(lexer, word);
  return starts_declaration(lexer, word);
}

/* At the start of a line: does a declaration or a variable begin here, `let x =` or `let x:`? Only looks. */
static bool item_line(TSLexer *lexer) {
  char word[WORD_MAX];
  if (lexer->lookahead != 'l') return declaration_line(lexer);
  read_word(lexer, word);
  if (strcmp(word, "let") != 0) return false;
  skip_blanks(lexer);
  read_word(lexer, word);
  return word[0] != 0 && key_follows(lexer, true);
}

/*
 * Looks on from a line that begins like a declaration, inside a literal: does the literal end before that line
 * (2.11a)? It does if nothing closes it later, or if the next quotes open another literal.
 */
static bool ends_here(TSLexer *lexer, int32_t quote, unsigned count) {
  char before[8] = {0}; /* the last characters of the line that are not blank */
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    unsigned quotes = 0;
    while (lexer->lookahead == quote && quotes < count) {
      quotes++;
      advance(lexer);
    }
    if (quotes == count) return opens_literal(before);
    if (is_newline(c)) {
      memset(before, 0, sizeof before);
    } else if (c != ' ' && c != '\t') {
      memmove(before, before + 1, sizeof before - 1);
      before[7] = c < 0x80 ? (char)c : '?';
    }
    if (quotes > 0) continue;
    if (c == '\\' && count == 1) advance(lexer);
    advance(lexer);
  }
  return true;
}

/* Whether what follows a word allows it to begin a declaration. */
static bool stands_alone(TSLexer *lexer) {
  return lexer->lookahead == ' ' || lexer->lookahead == '\t' || is_quote(lexer->lookahead);
}

/*
 * Whether a `@` or declaration word that the token begins with stands at column 0; moves behind the word. Asking for
 * the column reads the line from its start, so it is asked for these only: otherwise a long line would take time
 * quadratic in its length.
 */
static bool at_declaration_word(TSLexer *lexer) {
  if (lexer->lookahead == '@') return lexer->get_column(lexer) == 0;
  if (!is_word_start(lexer->lookahead)) return false;
  char word[WORD_MAX];
  read_word(lexer, word);
  bool begins = declaration_keyword(word) >= 0 || strcmp(word, "let") == 0;
  return begins && stands_alone(lexer) && lexer->get_column(lexer) == strlen(word);
}

/*
 * Text of a literal between `count` quotes. `plain` is set where escapes and interpolations mean nothing.
 *
 * Where the literal has no end of its own, the token is CONTENT_END and closes it. A line that begins like a
 * declaration needs unbounded look-ahead; if the literal goes on, the token ends before that line, and the next one
 * starts at column 0, by which it is known that the question was answered.
 */
static bool scan_literal(TSLexer *lexer, int32_t quote, unsigned count, bool plain, enum Token content) {
  lexer->mark_end(lexer);
  bool any = is_word_start(lexer->lookahead) || lexer->lookahead == '@';
  bool asked = at_declaration_word(lexer);
  bool line_start = false;
  lexer->result_symbol = content;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer)) break;
    int32_t c = lexer->lookahead;
    if (line_start && !asked && (is_word_start(c) || c == '@')) {
      line_start = false;
      any = true;
      if (!item_line(lexer)) continue;
      if (ends_here(lexer, quote, count)) lexer->result_symbol = CONTENT_END;
      return true;
    }
    if (c == quote) {
      unsigned quotes = 0;
      while (lexer->lookahead == quote && quotes < count) {
        quotes++;
        advance(lexer);
      }
      if (quotes == count) return any;
    } else if (!plain && c == '\\') {
      return any;
    } else if (!plain && c == '#') {
      advance(lexer);
      if (lexer->lookahead == '{') return any;
    } else {
      advance(lexer);
    }
    line_start = is_newline(c);
    any = true;
  }
  lexer->result_symbol = CONTENT_END;
  return true;
}

/*
 * A slash: a comment that is never closed ends at its line's end (the grammar reads the closed ones). Whether one is
 * closed takes looking through the rest of the file; what was found is remembered, so that it is looked for once.
 */
static bool scan_comment(TSLexer *lexer, const bool *valid, bool *none_closes) {
  advance(lexer);
  if (lexer->lookahead != '*') return false;
  advance(lexer);
  while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) {
    bool star = lexer->lookahead == '*';
    advance(lexer);
    if (star && lexer->lookahead == '/') return false;
  }
  lexer->mark_end(lexer);
  while (!*none_closes && !lexer->eof(lexer)) {
    bool star = lexer->lookahead == '*';
    advance(lexer);
    if (star && lexer->lookahead == '/') return false;
  }
  if (!valid[UNTERMINATED_COMMENT]) return false;
  *none_closes = true;
  lexer->result_symbol = UNTERMINATED_COMMENT;
  return true;
}

/*
 * After the opening quote of a property value: does it close on a later line as 9.9 wants it? If it closes on its own
 * line, or not properly, it is an ordinary string.
 */
static bool goes_over_lines(TSLexer *lexer, int32_t quote) {
  bool crossed = false;
  unsigned depth = 0; /* of braces in an interpolation */
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '\\') {
      advance(lexer);
      advance(lexer);
      continue;
    }
    if (depth > 0) {
      if (is_newline(c)) return false;
      if (c == '{') depth++;
      if (c == '}') depth--;
      advance(lexer);
      continue;
    }
    if (c == '#') {
      advance(lexer);
      if (lexer->lookahead == '{') {
        depth = 1;
        advance(lexer);
      }
      continue;
    }
    if (c == quote) {
      if (!crossed) return false;
      advance(lexer);
      skip_blanks(lexer);
      c = lexer->lookahead;
      return lexer->eof(lexer) || is_newline(c) || c == ',' || c == ';' || c == '}';
    }
    advance(lexer);
    if (!is_newline(c)) continue;
    crossed = true;
    bool column_zero = lexer->lookahead != ' ' && lexer->lookahead != '\t';
    skip_blanks(lexer);
    if (lexer->lookahead == '}') return false;
    if (column_zero && lexer->lookahead == '@') return false;
    if (is_word_start(lexer->lookahead)) {
      char word[WORD_MAX];
      read_word(lexer, word);
      bool colon = lexer->lookahead == ':';
      if (colon) {
        advance(lexer);
        skip_blanks(lexer);
        c = lexer->lookahead;
        if (is_quote(c) || c == '[' || c == '{' || c == '(') return false;
      } else if (column_zero && starts_declaration(lexer, word)) {
        return false;
      }
    }
  }
  return false;
}

/* After `{`: do the first tokens make a dict: `(word | string | int) ":"` or `..`? */
static bool dict_follows(TSLexer *lexer) {
  skip_trivia(lexer);
  int32_t c = lexer->lookahead;
  if (c == '.') {
    advance(lexer);
    return lexer->lookahead == '.';
  }
  if (is_word_start(c)) {
    char word[WORD_MAX];
    read_word(lexer, word);
    if (is_quote(lexer->lookahead) && strcmp(word, "r") == 0) skip_string(lexer);
  } else if (is_digit(c)) {
    while (is_word(lexer->lookahead)) advance(lexer);
  } else if (is_quote(c)) {
    skip_string(lexer);
  } else {
    return false;
  }
  skip_trivia(lexer);
  if (lexer->lookahead != ':') return false;
  advance(lexer);
  return lexer->lookahead != ':';
}

/* After `{`: is the first key followed by `=>`? */
static bool cases_follow(TSLexer *lexer) {
  skip_trivia(lexer);
  if (is_word_start(lexer->lookahead)) {
    char word[WORD_MAX];
    read_word(lexer, word);
    if (is_quote(lexer->lookahead) && strcmp(word, "r") == 0) skip_string(lexer);
  } else if (is_quote(lexer->lookahead)) {
    skip_string(lexer);
  } else {
    return false;
  }
  skip_trivia(lexer);
  if (lexer->lookahead != '=') return false;
  advance(lexer);
  return lexer->lookahead == '>';
}

/* After `Name {`: do fields follow, or the entries of a record pattern? */
static bool struct_follows(TSLexer *lexer) {
  skip_trivia(lexer);
  int32_t c = lexer->lookahead;
  if (c == '}') return true;
  if (c == '.') {
    advance(lexer);
    return lexer->lookahead == '.';
  }
  if (is_quote(c)) {
    skip_string(lexer);
  } else if (is_word_start(c)) {
    char word[WORD_MAX];
    read_word(lexer, word);
  } else {
    return false;
  }
  skip_trivia(lexer);
  if (lexer->lookahead == ',' || lexer->lookahead == '}') return true;
  if (lexer->lookahead != ':') return false;
  advance(lexer);
  return lexer->lookahead != ':';
}

/*
 * After the `{` of an agent, trait or impl: are its members indented? They are, unless the first one stands at
 * column 0. If that one is a `fn`, a `flow` or a decorator it could also be the next declaration after a body that
 * nobody closed: then the lines at column 0 tell, by closing what they open before another declaration begins.
 */
static bool members_are_indented(TSLexer *lexer) {
  bool line_start = false;
  for (;;) { /* to the first member */
    int32_t c = lexer->lookahead;
    if (lexer->eof(lexer) || c == '}') return true;
    if (is_newline(c)) {
      line_start = true;
    } else if (c == ' ' || c == '\t') {
      line_start = false;
    } else if (c == '/' || c == '#') {
      while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) advance(lexer);
      continue;
    } else {
      break;
    }
    advance(lexer);
  }
  if (!line_start) return true;
  bool first = true;
  int depth = 1;
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '}') {
      depth--;
      if (depth == 0) return false;
    } else if (is_word_start(c)) {
      char word[WORD_MAX];
      read_word(lexer, word);
      bool member = strcmp(word, "fn") == 0 || strcmp(word, "flow") == 0;
      if (member && first && !follows(lexer, WORD)) return false;
      if (!member) {
        if (starts_declaration(lexer, word)) return true;
        if (first) return false;
      }
    } else if (first && c != '@') {
      return false;
    }
    first = false;
    int32_t last = 0;
    while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) {
      if (lexer->lookahead != ' ' && lexer->lookahead != '\t') last = lexer->lookahead;
      advance(lexer);
    }
    if (last == '{') depth++;
    /* Lines that are not at column 0 do not count. */
    while (!lexer->eof(lexer) && (is_newline(lexer->lookahead))) {
      advance(lexer);
      if (lexer->lookahead == ' ' || lexer->lookahead == '\t') {
        while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) advance(lexer);
      }
    }
  }
  return true;
}

static bool scan_brace(TSLexer *lexer, const bool *valid) {
  advance(lexer);
  lexer->mark_end(lexer);
  if (valid[OPEN_INDENT]) {
    lexer->result_symbol = members_are_indented(lexer) ? OPEN_INDENT : LEFT_BRACE;
    return true;
  }
  if (valid[CASE_BRACE] && cases_follow(lexer)) {
    lexer->result_symbol = CASE_BRACE;
    return true;
  }
  if (valid[STRUCT_BRACE] && !valid[LEFT_BRACE]) {
    if (!valid[DICT_BRACE] && !struct_follows(lexer)) return false;
    lexer->result_symbol = STRUCT_BRACE;
    return true;
  }
  if (valid[DICT_BRACE]) {
    if (valid[LEFT_BRACE] && !dict_follows(lexer)) {
      lexer->result_symbol = LEFT_BRACE;
      return true;
    }
    lexer->result_symbol = DICT_BRACE;
    return true;
  }
  if (valid[LEFT_BRACE]) {
    lexer->result_symbol = LEFT_BRACE;
    return true;
  }
  return false;
}

static bool emit(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = token;
  return true;
}

static bool emit_terminator(TSLexer *lexer, const bool *valid) { return emit(lexer, valid[AUTO] ? AUTO : AUTO_SEP); }

/* The closer of the innermost bracket, if the bracket may end here; ERROR_SENTINEL if not. */
static enum Token bracket_closer(const bool *valid) {
  if (valid[CLOSE_BRACKET]) return CLOSE_BRACKET;
  if (valid[CLOSE_BRACE]) return CLOSE_BRACE;
  return valid[CLOSE_INTERPOLATION] ? CLOSE_INTERPOLATION : ERROR_SENTINEL;
}

static bool can_end(const bool *valid) {
  return valid[AUTO] || valid[AUTO_SEP] || valid[CLOSE] || valid[CLOSE_FLUSH] || valid[MISSING_OPERAND] ||
         bracket_closer(valid) != ERROR_SENTINEL;
}

/* An operand is expected, and a statement could not start instead. */
static bool wants_operand(const bool *valid) {
  return valid[MISSING_OPERAND] && !valid[FIRST_KEYWORD] && !valid[KEYWORD_PRINT];
}

/*
 * Before a declaration at column 0, or at the end of the file: whatever is open ends, innermost first. Where nothing
 * can end, RESYNC is no token that the parser takes, but one that it finds a place for.
 */
static bool close_everything(TSLexer *lexer, const bool *valid, bool member) {
  enum Token bracket = bracket_closer(valid);
  if (valid[AUTO]) return emit(lexer, AUTO);
  if (bracket != ERROR_SENTINEL) return emit(lexer, bracket);
  if (valid[AUTO_SEP]) return emit(lexer, AUTO_SEP);
  if (valid[CLOSE]) return emit(lexer, CLOSE);
  if (valid[CLOSE_FLUSH] && !member) return emit(lexer, CLOSE_FLUSH);
  if (wants_operand(valid)) return emit(lexer, MISSING_OPERAND);
  return !valid[FIRST_KEYWORD] && !lexer->eof(lexer) && emit(lexer, RESYNC);
}

/* A punctuation character at the start of a line: does it go on with the line before (1.3)? */
static bool continues(TSLexer *lexer) {
  int32_t c = lexer->lookahead;
  switch (c) {
    case '.': case '?': case ',': case ')': case ']': case ':': case '=': case '>': case '|': case '&':
    case '%': case '<': case '/':
      return true;
    case '+': case '-': case '*':
      advance(lexer);
      if (lexer->lookahead != c) return true;
      advance(lexer);
      return lexer->lookahead != c;  /* a rule of dashes is nothing of Nexa */
    case '!':
      advance(lexer);
      return lexer->lookahead == '=';
    case '~':
      advance(lexer);
      return lexer->lookahead == '>';
    default:
      return false;
  }
}

/* A word at the start of a line: does it go on with the line before? */
static bool word_continues(TSLexer *lexer, const char *word) {
  if (strcmp(word, "not") == 0) {
    char second[WORD_MAX];
    skip_blanks(lexer);
    read_word(lexer, second);
    return strcmp(second, "in") == 0;
  }
  if (!IN(word, CONTINUATION)) return false;
  skip_blanks(lexer);
  if (lexer->lookahead == ':') return false;
  if (lexer->lookahead != '=') return true;
  advance(lexer);
  return lexer->lookahead == '=' || lexer->lookahead == '>';
}

/* After an operand in brackets: a line that can only be the next statement. */
static bool begins_statement(TSLexer *lexer, const char *word, bool key) {
  if (IN(word, STATEMENT_WORDS)) return true;
  skip_blanks(lexer);
  int32_t c = lexer->lookahead;
  if (IN(word, SUGAR_WORDS)) return is_quote(c) || is_digit(c) || is_word_start(c);
  if (c == ':' && key) return true;
  if (c == '+' || c == '-' || c == '*' || c == '/' || c == '%') advance(lexer);
  if (lexer->lookahead != '=') return false;
  advance(lexer);
  return lexer->lookahead != '=' && lexer->lookahead != '>';
}

/*
 * At the start of a line where an operand is expected: can this only be a statement? `if` and `semantic_if` begin
 * expressions, too, but those have a `then`, or a `(`, on the line.
 */
static bool cannot_be_operand(TSLexer *lexer, const char *word) {
  if (IN(word, NEVER_OPERANDS)) return true;
  skip_blanks(lexer);
  if (strcmp(word, "semantic_if") == 0) return is_quote(lexer->lookahead);
  if (strcmp(word, "if") != 0) return false;
  bool brace = false;
  while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) {
    int32_t c = lexer->lookahead;
    if (is_word_start(c)) {
      char part[WORD_MAX];
      read_word(lexer, part);
      if (strcmp(part, "then") == 0) return false;
      continue;
    }
    if (c == '{') brace = true;
    advance(lexer);
  }
  return brace;
}

/*
 * Where a body has to open and a word comes instead: is this the first line of the body, its `{` missing? On the same
 * line only a key is proof enough. ERROR_SENTINEL stands for no.
 */
static enum Token missing_opener(TSLexer *lexer, const bool *valid, const char *word, bool newline) {
  if (IN(word, HEADER_WORDS) || IN(word, INFIX) || IN(word, CONTINUATION)) return ERROR_SENTINEL;
  if (valid[MISSING_OPEN_MEMBERS]) return newline || key_follows(lexer, true) ? MISSING_OPEN_MEMBERS : ERROR_SENTINEL;
  skip_blanks(lexer);
  return lexer->lookahead != ':' ? MISSING_OPEN_BLOCK : ERROR_SENTINEL;
}

static bool scan_word(
    TSLexer *lexer, const bool *valid, bool newline, bool column_zero, bool past_comment, bool moved) {
  char word[WORD_MAX];
  bool operand = valid[DICT_BRACE] || valid[NAME_HERE] || valid[ARG_KEY]; /* the word may belong to what is open */
  read_word(lexer, word);
  int declaration = moved && !column_zero ? -1 : declaration_keyword(word);
  /* What ended just before an item, text or a line end, leaves its word at column 0. */
  if (!moved && (declaration >= 0 || strcmp(word, "let") == 0) && stands_alone(lexer) && lexer->get_column(lexer) == strlen(word)) {
    newline = column_zero = true;
  }

  /* Zero-width tokens: the mark stands before the word, so none of these may fall through to the word itself. */
  if (newline && valid[MISSING_NAME]) return emit(lexer, MISSING_NAME);
  if (newline && (valid[AUTO] || valid[AUTO_SEP])) {
    return (valid[LINE_ENDS] || !word_continues(lexer, word)) && emit_terminator(lexer, valid);
  }
  if (column_zero && declaration >= 0 && lexer->lookahead != ':' && !valid[FIRST_KEYWORD] &&
      (can_end(valid) || !valid[FIRST_KEYWORD + declaration])) {
    bool member = strcmp(word, "fn") == 0 || strcmp(word, "flow") == 0;
    bool stays = member && valid[CLOSE_FLUSH] && !valid[CLOSE];
    if (!stays) return starts_declaration(lexer, word) && close_everything(lexer, valid, member);
  }
  enum Token closer = bracket_closer(valid);
  if (newline && valid[DICT_BRACE] && valid[CLOSE_BRACKET] && !valid[ARG_KEY] && lexer->lookahead == ':' &&
      strcmp(word, "fallback") != 0) {
    return emit(lexer, CLOSE_BRACKET);
  }
  if (newline && !operand && closer != ERROR_SENTINEL) {
    return begins_statement(lexer, word, valid[CLOSE_BRACKET]) && emit(lexer, closer);
  }
  if (newline && wants_operand(valid) && closer == ERROR_SENTINEL && !valid[CLOSE] &&
      cannot_be_operand(lexer, word)) {
    return emit(lexer, MISSING_OPERAND);
  }
  if (valid[MISSING_OPEN_MEMBERS] || (newline && !operand && valid[MISSING_OPEN_BLOCK])) {
    enum Token opener = missing_opener(lexer, valid, word, newline);
    if (opener != ERROR_SENTINEL) return emit(lexer, opener);
    return false;
  }
  if (valid[AUTO_SEP] && !newline && !operand) {
    if (!IN(word, INFIX)) return emit(lexer, AUTO_SEP);
    if (strcmp(word, "merge") != 0) return false; /* of these, it alone is a word of this scanner's */
  }

  /* The word itself. */
  if (past_comment) return false;
  lexer->mark_end(lexer);
  int keyword = -1;
  for (int i = 0; i < KEYWORD_COUNT && keyword < 0; i++) {
    if (valid[FIRST_KEYWORD + i] && strcmp(word, KEYWORDS[i].word) == 0) keyword = i;
  }
  bool key = valid[PROP_KEY] && !IN(word, NEVER_KEYS);
  if (keyword >= 0 && !(key && key_follows(lexer, keyword_takes_quotes(KEYWORDS[keyword].follow)))) {
    if (follows(lexer, KEYWORDS[keyword].follow)) return emit(lexer, FIRST_KEYWORD + keyword);
    return valid[ARG_KEY] && key_follows(lexer, true) && emit(lexer, ARG_KEY);
  }
  if (key) return (keyword >= 0 || key_follows(lexer, false)) && emit(lexer, PROP_KEY);
  return valid[ARG_KEY] && key_follows(lexer, true) && emit(lexer, ARG_KEY);
}

/*
 * While the parser looks for a place to go on, every token counts as valid. A keyword inside a declaration would make
 * it go on in the wrong place, so there are two tokens only, both before a declaration at column 0: the end of a
 * body, which is the line end itself here because an empty token would be ignored, and the declaration's keyword.
 */
static bool scan_recovering(TSLexer *lexer, const bool *valid, bool *none_closes) {
  bool newline = false;
  bool space = false;
  while (is_space(lexer->lookahead)) {
    space = true;
    newline = is_newline(lexer->lookahead);
    advance(lexer);
  }
  lexer->mark_end(lexer);
  int32_t c = lexer->lookahead;
  if (c == '/') return scan_comment(lexer, valid, none_closes);
  if (!is_word_start(c) && c != '@') return false;
  if (space) return newline && declaration_line(lexer) && emit(lexer, RESYNC);
  if (c == '@') return false;
  char word[WORD_MAX];
  read_word(lexer, word);
  int keyword = declaration_keyword(word);
  if (keyword < 0 || !stands_alone(lexer) || lexer->get_column(lexer) != strlen(word)) return false;
  lexer->mark_end(lexer);
  return follows(lexer, KEYWORDS[keyword].follow) && emit(lexer, FIRST_KEYWORD + keyword);
}

/* `:` or `!` and what follows, up to the end of an f-string's interpolation. */
static bool scan_format(TSLexer *lexer) {
  if (lexer->lookahead != ':' && lexer->lookahead != '!') return false;
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    if (c == '}' || c == '"' || c == '\'' || is_newline(c)) break;
    advance(lexer);
  }
  lexer->mark_end(lexer);
  return emit(lexer, F_FORMAT);
}

static bool scan(TSLexer *lexer, const bool *valid, bool *none_closes) {
  if (valid[ERROR_SENTINEL]) return scan_recovering(lexer, valid, none_closes);
  if (valid[TRIPLE_CONTENT]) return scan_literal(lexer, '"', 3, false, TRIPLE_CONTENT);
  if (valid[BACKTICK_CONTENT]) return scan_literal(lexer, '`', 1, false, BACKTICK_CONTENT);
  if (valid[RAW_CONTENT]) return scan_literal(lexer, '"', 3, true, RAW_CONTENT);
  if (valid[RAW_APOSTROPHE_CONTENT]) return scan_literal(lexer, '\'', 3, true, RAW_APOSTROPHE_CONTENT);

  if (valid[F_FORMAT] && scan_format(lexer)) return true;

  /* Zero-width tokens stand directly behind the last one, before blanks and comments. */
  lexer->mark_end(lexer);
  bool terminates = valid[AUTO] || valid[AUTO_SEP];
  if (valid[CLOSE_LINE_STRING] && !can_end(valid)) {
    /* In the text of a one-line string blanks are text: only its end is looked for. */
    return (lexer->eof(lexer) || is_newline(lexer->lookahead)) && emit(lexer, CLOSE_LINE_STRING);
  }

  bool newline = false;
  bool column_zero = false;
  bool past_comment = false;
  bool moved = false;
  while (!lexer->eof(lexer)) {
    int32_t c = lexer->lookahead;
    if (is_newline(c)) {
      if (valid[CLOSE_LINE_STRING]) return emit(lexer, CLOSE_LINE_STRING);
      newline = column_zero = true;
    } else if (is_space(c)) {
      column_zero = false;
    } else if (c == '/') {
      /* Look past comments only where a terminator is possible: doing it everywhere is quadratic. */
      if (!terminates) return !past_comment && scan_comment(lexer, valid, none_closes);
      advance(lexer);
      if (lexer->lookahead != '/' && lexer->lookahead != '*') return false;
      past_comment = true;
      if (skip_comment(lexer)) newline = true;
      column_zero = false;
      continue;
    } else if (c == '#' && terminates) {
      past_comment = true;
      while (!lexer->eof(lexer) && !is_newline(lexer->lookahead)) advance(lexer);
      continue;
    } else {
      break;
    }
    lexer->advance(lexer, !past_comment);
    moved = true;
  }

  if (lexer->eof(lexer)) {
    if (valid[CLOSE_LINE_STRING]) return emit(lexer, CLOSE_LINE_STRING);
    return close_everything(lexer, valid, false);
  }
  int32_t c = lexer->lookahead;
  if (is_word_start(c)) return scan_word(lexer, valid, newline, column_zero, past_comment, moved);
  if (valid[MISSING_NAME]) return emit(lexer, MISSING_NAME);
  if (c == '}') {
    if (terminates) return emit_terminator(lexer, valid);
    if (valid[CLOSE_BRACKET]) return emit(lexer, CLOSE_BRACKET);
    bool expected = valid[CLOSE] || valid[CLOSE_FLUSH] || valid[CLOSE_BRACE] || valid[CLOSE_INTERPOLATION];
    return !expected && wants_operand(valid) && emit(lexer, MISSING_OPERAND);
  }
  if (c == ')' || c == ']') {
    return !valid[CLOSE_BRACKET] && wants_operand(valid) && !terminates && emit(lexer, MISSING_OPERAND);
  }
  if ((c == ',' || c == ';') && wants_operand(valid) && !terminates && bracket_closer(valid) == ERROR_SENTINEL) {
    return emit(lexer, MISSING_OPERAND);
  }
  if (valid[CLOSE_INTERPOLATION] && !valid[DICT_BRACE] && is_quote(c)) return emit(lexer, CLOSE_INTERPOLATION);
  if (c == '@' && !terminates && (column_zero || (!moved && lexer->get_column(lexer) == 0))) {
    if (valid[FIRST_KEYWORD] || (valid[KEYWORD_FLOW] && !can_end(valid))) return false;
    advance(lexer);
    return is_word_start(lexer->lookahead) && close_everything(lexer, valid, true);
  }
  /* What ended just before a decorator is text: its line end is in it. */
  if (c == '@' && terminates && !moved && lexer->get_column(lexer) == 0) return emit_terminator(lexer, valid);
  if (newline && terminates) return (valid[LINE_ENDS] || !continues(lexer)) && emit_terminator(lexer, valid);
  if (valid[AUTO_SEP] && !newline && !valid[DICT_BRACE] && (is_quote(c) || is_digit(c))) return emit(lexer, AUTO_SEP);
  if (past_comment) return false;
  if (c == '{') return scan_brace(lexer, valid);
  if ((c == '"' && valid[MULTILINE_QUOTE]) || (c == '\'' && valid[MULTILINE_APOSTROPHE])) {
    advance(lexer);
    lexer->mark_end(lexer);
    lexer->result_symbol = c == '"' ? MULTILINE_QUOTE : MULTILINE_APOSTROPHE;
    return goes_over_lines(lexer, c);
  }
  return false;
}

/* ── what tree-sitter calls ─────────────────────────────────────────────────────────────────────────────────────── */

typedef struct {
  bool none_closes;
  bool resynced;
} State;

void *tree_sitter_nexa_external_scanner_create(void) { return ts_calloc(1, sizeof(State)); }

void tree_sitter_nexa_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_nexa_external_scanner_serialize(void *payload, char *buffer) {
  State *state = payload;
  if (!state->none_closes && !state->resynced) return 0;
  buffer[0] = (char)((state->none_closes ? 1 : 0) | (state->resynced ? 2 : 0));
  return 1;
}

void tree_sitter_nexa_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  State *state = payload;
  state->none_closes = length > 0 && (buffer[0] & 1);
  state->resynced = length > 0 && (buffer[0] & 2);
}

bool tree_sitter_nexa_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  State *state = payload;
  bool found = scan(lexer, valid, &state->none_closes);
  state->resynced = found && lexer->result_symbol == RESYNC;
  return found;
}
