// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.groovy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PostfixExpression;
import org.codehaus.groovy.ast.expr.PrefixExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SwitchStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.script.IdleStatement;
import org.plumbline.dsl.script.IdleStatements;

/** Finds the statements of a script that change nothing: Groovy takes every value for one. */
final class GroovyStatements extends CompilationCustomizer {
  private static final Set<Integer> COMPARISONS =
      Set.of(
          Types.COMPARE_EQUAL,
          Types.COMPARE_NOT_EQUAL,
          Types.COMPARE_IDENTICAL,
          Types.COMPARE_LESS_THAN,
          Types.COMPARE_LESS_THAN_EQUAL,
          Types.COMPARE_GREATER_THAN,
          Types.COMPARE_GREATER_THAN_EQUAL);

  private final List<IdleStatement> idle = new ArrayList<>();
  private final Set<String> functions = new HashSet<>();

  GroovyStatements() {
    super(CompilePhase.CONVERSION);
  }

  /** What was found. */
  List<IdleStatement> idle() {
    return List.copyOf(idle);
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    ModuleNode module = source.getAST();
    if (type.getName().equals(module.getMainClassName())) {
      module.getMethods().forEach(method -> functions.add(method.getName()));
      Statements statements = new Statements();
      statements.returns(module.getStatementBlock());
      module.getStatementBlock().visit(statements);
      for (MethodNode method : module.getMethods()) {
        statements.method(method);
      }
    }
  }

  private void sign(IdleStatement.Kind kind, String name, Token sign) {
    int line = sign.getStartLine();
    int column = sign.getStartColumn();
    int end = column + sign.getText().length();
    idle.add(new IdleStatement(kind, name, line, column, line, end));
  }

  private void add(IdleStatement.Kind kind, String name, ASTNode at) {
    add(kind, name, at, at);
  }

  private void add(IdleStatement.Kind kind, String name, ASTNode from, ASTNode to) {
    idle.add(
        new IdleStatement(
            kind,
            name,
            from.getLineNumber(),
            from.getColumnNumber(),
            to.getLastLineNumber(),
            to.getLastColumnNumber()));
  }

  /** Visits statements with the variables that they can see. */
  private final class Statements extends CodeVisitorSupport {
    private final Set<ASTNode> values = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ASTNode> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Set<String>> variables = new ArrayDeque<>();
    private final Deque<BlockStatement> blocks = new ArrayDeque<>();

    void method(MethodNode method) {
      markValue(method.getCode());
      inside(method.getParameters(), () -> method.getCode().visit(this));
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
      for (Statement inner : block.getStatements()) {
        if (inner instanceof BlockStatement braces && GroovyBraces.isEmpty(braces)) {
          add(IdleStatement.Kind.EMPTY, "", braces);
        }
      }
      blocks.push(block);
      inside(Parameter.EMPTY_ARRAY, () -> super.visitBlockStatement(block));
      blocks.pop();
    }

    @Override
    public void visitForLoop(ForStatement loop) {
      if (GroovyBraces.isEmpty(loop)) {
        add(IdleStatement.Kind.EMPTY, "", loop);
      } else if (GroovyBraces.isEmptyList(loop.getCollectionExpression())) {
        add(IdleStatement.Kind.NEVER, "", loop.getCollectionExpression());
      } else {
        inside(new Parameter[] {loop.getVariable()}, () -> super.visitForLoop(loop));
      }
    }

    @Override
    public void visitWhileLoop(WhileStatement loop) {
      if (control(loop, loop.getBooleanExpression())) {
        super.visitWhileLoop(loop);
      }
    }

    @Override
    public void visitIfElse(IfStatement choice) {
      if (control(choice, choice.getBooleanExpression())) {
        super.visitIfElse(choice);
      }
    }

    @Override
    public void visitTryCatchFinally(TryCatchStatement tried) {
      if (control(tried, null)) {
        super.visitTryCatchFinally(tried);
      }
    }

    @Override
    public void visitSwitch(SwitchStatement choice) {
      if (control(choice, choice.getExpression())) {
        super.visitSwitch(choice);
      }
    }

    /** Whether something can come of a statement with braces; else it is told. */
    private boolean control(Statement statement, @Nullable Expression condition) {
      if (GroovyBraces.isEmpty(statement)) {
        add(IdleStatement.Kind.EMPTY, "", statement);
        return false;
      } else if (condition != null && GroovyBraces.isFalse(condition)) {
        add(IdleStatement.Kind.NEVER, "", statement);
      } else if (condition != null
          && statement instanceof IfStatement
          && GroovyBraces.isTrue(condition)) {
        add(IdleStatement.Kind.ALWAYS, "", condition);
      }
      return true;
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
      if (bodies.contains(closure)) {
        returns(closure.getCode());
      } else {
        markValue(closure.getCode());
      }
      Parameter[] parameters = closure.getParameters();
      inside(
          parameters == null ? Parameter.EMPTY_ARRAY : parameters,
          () -> super.visitClosureExpression(closure));
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      String name = call.getMethodAsString();
      boolean word = call.isImplicitThis() && name != null && IdleStatements.isWord(name);
      if (name != null && !word && IdleStatements.isLoop(name)) {
        loop(call);
      } else if (word && IdleStatements.isSection(name) && GroovyBraces.hasEmptyClosure(call)) {
        add(IdleStatement.Kind.EMPTY, "", call);
      }
      if (name != null
          && IdleStatements.opensBody(name)
          && call.getArguments() instanceof TupleExpression arguments) {
        arguments.getExpressions().stream()
            .filter(ClosureExpression.class::isInstance)
            .forEach(bodies::add);
      }
      super.visitMethodCallExpression(call);
    }

    @Override
    public void visitExpressionStatement(ExpressionStatement statement) {
      List<String> labels = statement.getStatementLabels();
      if (labels != null && !labels.isEmpty()) {
        add(IdleStatement.Kind.LABEL, labels.get(0), statement);
      } else {
        check(statement.getExpression(), values.contains(statement));
      }
      super.visitExpressionStatement(statement);
    }

    private void loop(MethodCallExpression call) {
      if (GroovyBraces.hasEmptyClosure(call)) {
        add(IdleStatement.Kind.EMPTY, "", call.getMethod(), call);
      } else if (GroovyBraces.neverRuns(call)) {
        add(IdleStatement.Kind.NEVER, "", call);
      }
    }

    private void inside(Parameter[] parameters, Runnable visit) {
      Set<String> names = new HashSet<>();
      for (Parameter parameter : parameters) {
        names.add(parameter.getName());
      }
      variables.push(names);
      visit.run();
      variables.pop();
    }

    /** A block gives nothing to return, and what stands behind that never happens. */
    private void returns(Statement body) {
      if (body instanceof BlockStatement block) {
        block.getStatements().stream()
            // An empty script has one that nobody wrote.
            .filter(one -> one instanceof ReturnStatement && one.getLineNumber() > 0)
            .forEach(statement -> add(IdleStatement.Kind.RETURN, "", statement));
      }
    }

    @Override
    public void visitAssertStatement(AssertStatement asserted) {
      if (GroovyBraces.isTrue(asserted.getBooleanExpression())) {
        add(IdleStatement.Kind.ALWAYS, "", asserted.getBooleanExpression());
      }
      super.visitAssertStatement(asserted);
    }

    /** The last statement of what gives a value is that value. */
    private void markValue(Statement code) {
      if (code instanceof BlockStatement block && !block.getStatements().isEmpty()) {
        markValue(block.getStatements().get(block.getStatements().size() - 1));
      } else if (code instanceof IfStatement choice) {
        markValue(choice.getIfBlock());
        markValue(choice.getElseBlock());
      } else if (code instanceof TryCatchStatement tried) {
        markValue(tried.getTryStatement());
        tried.getCatchStatements().forEach(caught -> markValue(caught.getCode()));
      }
      values.add(code);
    }

    private void check(Expression said, boolean isValue) {
      if (said instanceof DeclarationExpression declared) {
        declaration(declared);
      } else if (said instanceof BinaryExpression two) {
        binary(two, isValue);
      } else if (!isValue && !hasEffect(said)) {
        String name = said instanceof VariableExpression alone ? alone.getName() : "";
        add(IdleStatement.Kind.VALUE, name, said);
      }
    }

    @Override
    public void visitConstantExpression(ConstantExpression constant) {
      if (constant.getValue() instanceof Number) {
        add(IdleStatement.Kind.NUMBER, "", constant);
      }
    }

    private void declaration(DeclarationExpression declared) {
      if (declared.getLeftExpression() instanceof VariableExpression variable) {
        Reads reads = new Reads();
        blocks.element().visit(reads);
        if (!reads.names.contains(variable.getName())) {
          add(IdleStatement.Kind.VARIABLE, variable.getName(), declared, variable);
        }
        variables.element().add(variable.getName());
      }
    }

    private void binary(BinaryExpression two, boolean isValue) {
      int operator = two.getOperation().getType();
      String left = two.getLeftExpression() instanceof VariableExpression v ? v.getName() : "";
      if (Types.ofType(operator, Types.ASSIGNMENT_OPERATOR)) {
        boolean variable = isVariable(left);
        if (two.getRightExpression() instanceof BinaryExpression right
            && right.getOperation().getType() == Types.ASSIGN) {
          // `beta =` at the end of a line takes the next line for its value.
          add(IdleStatement.Kind.NO_VALUE, left, two.getLeftExpression());
        } else if (!variable && !left.isEmpty() && Character.isUpperCase(left.charAt(0))) {
          add(IdleStatement.Kind.CAPITAL, left, two.getLeftExpression());
        } else if (variable) {
          add(IdleStatement.Kind.HIDING, left, two.getLeftExpression());
        } else if (operator != Types.ASSIGN) {
          sign(IdleStatement.Kind.COMPOUND, left, two.getOperation());
        } else if (GroovyBraces.isList(two.getRightExpression())) {
          add(IdleStatement.Kind.LIST, left, two.getLeftExpression());
        }
      } else if (!isValue && COMPARISONS.contains(operator)) {
        sign(IdleStatement.Kind.COMPARISON, left, two.getOperation());
      } else if (!isValue && operator != Types.LEFT_SHIFT) {
        add(IdleStatement.Kind.VALUE, "", two);
      }
    }

    private boolean hasEffect(Expression said) {
      return said instanceof MethodCallExpression call
          ? callHasEffect(call)
          : said instanceof PostfixExpression
              || said instanceof PrefixExpression
              || said instanceof EmptyExpression;
    }

    /** A call has an effect if it says a word of the language, or something that may say one. */
    private boolean callHasEffect(MethodCallExpression call) {
      String name = call.getMethodAsString();
      Expression of = call.getObjectExpression();
      if (name == null) {
        return true;
      } else if (of instanceof VariableExpression named) {
        boolean here = call.isImplicitThis() || named.isThisExpression();
        boolean known =
            here
                ? isVariable(name) || functions.contains(name) || !isOfEveryObject(name)
                : isVariable(named.getName());
        return IdleStatements.isLoop(name) || (known && !(here && IdleStatements.givesValue(name)));
      }
      return IdleStatements.isLoop(name);
    }

    /** Every object has these; another unknown function is an error of its own. */
    private boolean isOfEveryObject(String function) {
      return !IdleStatements.isWord(function) && GroovyBraces.isOfEveryObject(function);
    }

    private boolean isVariable(String name) {
      return variables.stream().anyMatch(names -> names.contains(name));
    }
  }

  /** The variables that are read, and not only set. */
  private static final class Reads extends CodeVisitorSupport {
    private final Set<String> names = new HashSet<>();

    @Override
    public void visitDeclarationExpression(DeclarationExpression declared) {
      declared.getRightExpression().visit(this);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression two) {
      boolean sets =
          two.getOperation().getType() == Types.ASSIGN
              && two.getLeftExpression() instanceof VariableExpression;
      if (!sets) {
        two.getLeftExpression().visit(this);
      }
      two.getRightExpression().visit(this);
    }

    @Override
    public void visitVariableExpression(VariableExpression variable) {
      names.add(variable.getName());
    }
  }
}
