/*
 * The external scanner of secrets files: the zero-width ends of what was left open. It keeps no state.
 *
 * A token ends at the last `mark_end`, which stands before the look-ahead, so all of them are empty.
 */

#include "tree_sitter/parser.h"

#include <string.h>

enum Token { CLOSE, CLOSE_LINE_STRING, MISSING_VALUE, ERROR_SENTINEL };

static inline bool is_newline(int32_t c) { return c == '\n' || c == '\r'; }

static inline bool is_blank(int32_t c) { return c == ' ' || c == '\t'; }

static inline bool is_word(int32_t c) {
  return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

/* At column 0: does `config name` begin here? */
static bool starts_config(TSLexer *lexer) {
  for (const char *letter = "config"; *letter; letter++) {
    if (lexer->lookahead != *letter) return false;
    lexer->advance(lexer, false);
  }
  if (!is_blank(lexer->lookahead)) return false;
  while (is_blank(lexer->lookahead)) lexer->advance(lexer, false);
  return is_word(lexer->lookahead);
}

/* After a line end, where a value is due: only a key can stand here. */
static bool starts_entry(TSLexer *lexer) {
  char word[6];
  unsigned length = 0;
  if (!is_word(lexer->lookahead) || (lexer->lookahead >= '0' && lexer->lookahead <= '9')) return false;
  while (is_word(lexer->lookahead)) {
    if (length < sizeof word - 1) word[length++] = (char)lexer->lookahead;
    lexer->advance(lexer, false);
  }
  word[length] = 0;
  bool raw = strcmp(word, "r") == 0 && (lexer->lookahead == '"' || lexer->lookahead == '\'');
  return !raw && strcmp(word, "true") != 0 && strcmp(word, "false") != 0;
}

static bool emit(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = token;
  return true;
}

void *tree_sitter_nexa_secrets_external_scanner_create(void) { return NULL; }

void tree_sitter_nexa_secrets_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_nexa_secrets_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_nexa_secrets_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_nexa_secrets_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  if (valid[ERROR_SENTINEL]) return false;
  lexer->mark_end(lexer);
  if (valid[CLOSE_LINE_STRING]) {
    return (lexer->eof(lexer) || is_newline(lexer->lookahead)) && emit(lexer, CLOSE_LINE_STRING);
  }
  if (!valid[CLOSE] && !valid[MISSING_VALUE]) return false;
  bool newline = lexer->get_column(lexer) == 0;
  bool column_zero = newline;
  while (is_newline(lexer->lookahead) || is_blank(lexer->lookahead)) {
    column_zero = is_newline(lexer->lookahead);
    newline = newline || column_zero;
    lexer->advance(lexer, true);
  }
  if (valid[MISSING_VALUE]) {
    int32_t c = lexer->lookahead;
    bool ends = lexer->eof(lexer) || c == '}' || c == ',' || c == ';' || (newline && starts_entry(lexer));
    return ends && emit(lexer, MISSING_VALUE);
  }
  return (lexer->eof(lexer) || (column_zero && starts_config(lexer))) && emit(lexer, CLOSE);
}
