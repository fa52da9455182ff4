// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.util.List;

/** A template's tokens, read from the front. */
final class TemplateTokens {

  private final List<Token> tokens;
  private int at;
  private int depth;

  TemplateTokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token second() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean isName(String name) {
    return peek().is(Token.Kind.NAME, name);
  }

  boolean isOperator(String operator) {
    return peek().is(Token.Kind.OPERATOR, operator);
  }

  boolean skipName(String name) {
    boolean there = isName(name);
    if (there) {
      next();
    }
    return there;
  }

  boolean skipOperator(String operator) {
    boolean there = isOperator(operator);
    if (there) {
      next();
    }
    return there;
  }

  String name() {
    return expect(Token.Kind.NAME, "a name").text();
  }

  void operator(String operator) {
    if (!skipOperator(operator)) {
      throw unexpected("`" + operator + "`");
    }
  }

  Token expect(Token.Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unexpected(what);
    }
    return next();
  }

  TemplateException unexpected(String wanted) {
    return new TemplateException(
        peek().line(), wanted + " is expected before " + peek().described());
  }

  TemplateException error(String problem) {
    return new TemplateException(peek().line(), problem);
  }

  /** Goes one level down, as long as that is not too deep. */
  void enter() {
    if (++depth > TemplateLimits.NESTING) {
      throw error("it nests more than " + TemplateLimits.NESTING + " deep");
    }
  }

  void leave() {
    depth--;
  }
}
