// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.lsp;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Diagnostic;
import org.plumbline.dsl.spec.Scripts;
import org.plumbline.dsl.spec.SpecResult;
import org.plumbline.dsl.spec.Specs;

/**
 * The specs that are open in an editor. They are looked at one after another by a thread of their
 * own, a moment after the last key was pressed; questions about them are answered meanwhile.
 */
final class OpenSpecs implements TextDocumentService, AutoCloseable {
  private static final long YAML_PAUSE_MILLIS = 100;

  /** A script is compiled and evaluated, so that one waits for the end of a word. */
  private static final long SCRIPT_PAUSE_MILLIS = 500;

  private final Map<String, OpenSpec> specs = new ConcurrentHashMap<>();
  private final ScheduledExecutorService examiner =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "examine specs");
            thread.setDaemon(true);
            return thread;
          });
  private final Scripts scripts;
  private final FurtherChecks further;
  private volatile @Nullable LanguageClient client;
  private volatile boolean snippets;

  OpenSpecs(Scripts scripts, FurtherChecks further) {
    this.scripts = scripts;
    this.further = further;
  }

  void connect(LanguageClient to) {
    client = to;
  }

  void snippets(boolean known) {
    snippets = known;
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    var document = params.getTextDocument();
    Optional<Path> path = path(document.getUri());
    if (path.isPresent()) {
      Lines lines = new Lines(document.getText());
      OpenSpec spec =
          new OpenSpec(document.getUri(), path.get(), document.getVersion(), lines, null, null);
      specs.put(spec.uri(), spec);
      examineSoon(spec, 0);
    }
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    var changes = params.getContentChanges();
    OpenSpec before = specs.get(params.getTextDocument().getUri());
    if (before != null && !changes.isEmpty()) {
      String text = changes.get(changes.size() - 1).getText();
      OpenSpec spec = before.with(params.getTextDocument().getVersion(), text);
      specs.put(spec.uri(), spec);
      examineSoon(spec, spec.script() ? SCRIPT_PAUSE_MILLIS : YAML_PAUSE_MILLIS);
    }
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    examineAll();
  }

  /** Looks at all open specs again: a file that one of them names may have changed. */
  void examineAll() {
    specs.values().forEach(spec -> examineSoon(spec, 0));
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    if (specs.remove(uri) != null) {
      publish(uri, List.of(), null);
    }
  }

  private void examineSoon(OpenSpec spec, long millis) {
    Future<?> unused =
        examiner.schedule(
            () -> examined(spec.uri(), spec.version()), millis, TimeUnit.MILLISECONDS);
  }

  /** Looks at a spec; the editor hears of it if that fails, for nobody else waits for the end. */
  private @Nullable Void examined(String uri, int version) {
    try {
      examine(uri, version);
    } catch (RuntimeException | StackOverflowError e) {
      LanguageClient to = client;
      if (to != null) {
        to.logMessage(new MessageParams(MessageType.Error, "a fault in plumb: " + e));
      }
    }
    return null;
  }

  /** Looks at a spec unless it has been changed since. */
  private void examine(String uri, int version) {
    OpenSpec spec = specs.get(uri);
    if (spec == null || spec.version() != version) {
      return;
    }
    SpecResult result = Specs.readText(spec.name(), spec.lines().text(), List.of(), scripts);
    List<Diagnostic> found = new ArrayList<>(result.diagnostics());
    found.addAll(result.notAvailable());
    found.addAll(further.of(result, spec.folder()));
    OpenSpec.Examined examined = new OpenSpec.Examined(version, found);
    OpenSpec now = specs.computeIfPresent(uri, (same, open) -> open.with(examined, result));
    if (now != null && now.version() == version) {
      publish(uri, EditorDiagnostics.of(now), version);
    }
  }

  private void publish(
      String uri, List<org.eclipse.lsp4j.Diagnostic> diagnostics, @Nullable Integer version) {
    LanguageClient to = client;
    if (to != null) {
      to.publishDiagnostics(new PublishDiagnosticsParams(uri, diagnostics, version));
    }
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    List<CompletionItem> items =
        asked(params.getTextDocument())
            .map(spec -> Completions.at(spec, at(spec, params.getPosition()), snippets))
            .orElse(List.of());
    return CompletableFuture.completedFuture(Either.forLeft(items));
  }

  // The protocol's answer for "nothing to say" is null, which the library's types do not tell.
  @SuppressWarnings("NullAway")
  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    Hover hover =
        asked(params.getTextDocument())
            .flatMap(spec -> EditorAnswers.hover(spec, at(spec, params.getPosition())))
            .orElse(null);
    return CompletableFuture.completedFuture(hover);
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    List<Location> places =
        asked(params.getTextDocument())
            .map(spec -> EditorAnswers.declaration(spec, at(spec, params.getPosition())))
            .orElse(List.of());
    return CompletableFuture.completedFuture(Either.forLeft(places));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    List<Either<SymbolInformation, DocumentSymbol>> symbols = new ArrayList<>();
    asked(params.getTextDocument())
        .ifPresent(
            spec ->
                EditorAnswers.outline(spec)
                    .forEach(symbol -> symbols.add(Either.forRight(symbol))));
    return CompletableFuture.completedFuture(symbols);
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    List<Either<Command, CodeAction>> actions = new ArrayList<>();
    asked(params.getTextDocument())
        .ifPresent(
            spec ->
                EditorDiagnostics.fixes(spec, params.getRange())
                    .forEach(action -> actions.add(Either.forRight(action))));
    return CompletableFuture.completedFuture(actions);
  }

  private Optional<OpenSpec> asked(TextDocumentIdentifier document) {
    return Optional.ofNullable(specs.get(document.getUri()));
  }

  private static int at(OpenSpec spec, Position position) {
    return spec.lines().offset(position);
  }

  /** Where a document is; empty if it is no spec, or no file of this machine. */
  private static Optional<Path> path(String uri) {
    try {
      URI place = URI.create(uri);
      Path path =
          "untitled".equals(place.getScheme())
              ? Path.of(place.getSchemeSpecificPart())
              : Path.of(place);
      return Specs.reads(path.toString()) ? Optional.of(path) : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty(); // a document of an archive or of the network
    }
  }

  @Override
  public void close() {
    examiner.shutdownNow();
  }
}
