// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import java.util.Set;
import org.codehaus.groovy.ast.expr.BooleanExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.jspecify.annotations.Nullable;

/** Tells of what stands in braces whether it can come to anything. */
final class GroovyBraces {
  private static final Set<String> OF_EVERY_OBJECT =
      Set.of(
          "equals",
          "hashCode",
          "toString",
          "getClass",
          "notify",
          "notifyAll",
          "dump",
          "inspect",
          "is",
          "asType",
          "invokeMethod",
          "getProperty",
          "getMetaClass",
          "getBinding",
          "use");

  private GroovyBraces() {}

  /** Whether every object has a function of this name, which no block declares. */
  static boolean isOfEveryObject(String function) {
    return OF_EVERY_OBJECT.contains(function);
  }

  /** Whether nothing stands in a statement's braces. */
  static boolean isEmpty(Statement statement) {
    if (statement instanceof BlockStatement block) {
      return block.getStatements().stream().allMatch(GroovyBraces::isEmpty);
    } else if (statement instanceof IfStatement choice) {
      return isEmpty(choice.getIfBlock()) && isEmpty(choice.getElseBlock());
    } else if (statement instanceof ForStatement loop) {
      return isEmpty(loop.getLoopBlock());
    } else if (statement instanceof WhileStatement loop) {
      return isEmpty(loop.getLoopBlock());
    } else if (statement instanceof TryCatchStatement tried) {
      return isEmpty(tried.getTryStatement()) && isEmpty(tried.getFinallyStatement());
    } else if (statement instanceof SwitchStatement choice) {
      return isEmpty(choice.getDefaultStatement())
          && choice.getCaseStatements().stream().allMatch(one -> isEmpty(one.getCode()));
    }
    return statement instanceof EmptyStatement;
  }

  /** Whether a function is given braces with nothing in them. */
  static boolean hasEmptyClosure(MethodCallExpression call) {
    return call.getArguments() instanceof TupleExpression arguments
        && arguments.getExpressions().stream()
            .anyMatch(
                one -> one instanceof ClosureExpression closure && isEmpty(closure.getCode()));
  }

  /** Whether a loop goes over nothing: {@code 0.times}, {@code [].each}, {@code repeat(0)}. */
  static boolean neverRuns(MethodCallExpression call) {
    Expression of = call.getObjectExpression();
    Expression first =
        call.getArguments() instanceof TupleExpression arguments
                && !arguments.getExpressions().isEmpty()
            ? arguments.getExpression(0)
            : of;
    return isEmptyList(of)
        || isZero(of)
        || ("repeat".equals(call.getMethodAsString()) && isZero(first));
  }

  /** {@code []}, or {@code listOf()}. */
  static boolean isEmptyList(Expression expression) {
    return (expression instanceof ListExpression list && list.getExpressions().isEmpty())
        || (expression instanceof MethodCallExpression call
            && "listOf".equals(call.getMethodAsString())
            && call.getArguments() instanceof TupleExpression arguments
            && arguments.getExpressions().isEmpty());
  }

  private static boolean isZero(Expression expression) {
    return expression instanceof ConstantExpression constant
        && constant.getValue() instanceof Number number
        && number.doubleValue() == 0;
  }

  /** {@code [1, 2]}, or {@code listOf(1, 2)}. */
  static boolean isList(Expression expression) {
    return expression instanceof ListExpression
        || (expression instanceof MethodCallExpression call
            && call.isImplicitThis()
            && "listOf".equals(call.getMethodAsString()));
  }

  /** Whether a condition is {@code false} itself. */
  static boolean isFalse(Expression condition) {
    return Boolean.FALSE.equals(constant(condition));
  }

  /** Whether a condition is {@code true} itself. */
  static boolean isTrue(Expression condition) {
    return Boolean.TRUE.equals(constant(condition));
  }

  private static @Nullable Object constant(Expression condition) {
    Expression said =
        condition instanceof BooleanExpression whole ? whole.getExpression() : condition;
    return said instanceof ConstantExpression constant ? constant.getValue() : null;
  }
}
