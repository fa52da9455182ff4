// SPDX-License-Identifier: Apache-2.0
package org.plumbline.workflows.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plumbline.dsl.model.diagnostic.Printable;
import org.plumbline.engine.store.record.Secrets;
import org.plumbline.workflows.cli.console.Speech.Loudness;

/** The two streams: results on stdout, narration on stderr. Thread-safe. */
public final class Console {

  private final WatchedStream raw;
  private final PrintStream out;
  private final PrintStream err;
  private final Terminal terminal;
  private final boolean noColourWanted;
  private volatile Speech words;

  /** A console on these streams. */
  public Console(
      OutputStream out, OutputStream err, Terminal terminal, Map<String, String> environment) {
    this.raw = new WatchedStream(out);
    this.out = new PrintStream(raw, true, terminal.charset());
    this.err = new PrintStream(err, true, terminal.charset());
    this.terminal = terminal;
    this.noColourWanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    this.words = new Speech(Format.HUMAN, Loudness.NORMAL, true, true);
  }

  /** The console of this process. */
  public static Console system() {
    Map<String, String> properties =
        Map.of(
            "plumb.stdout.terminal", System.getProperty("plumb.stdout.terminal", ""),
            "plumb.stderr.terminal", System.getProperty("plumb.stderr.terminal", ""),
            "plumb.terminal.size", System.getProperty("plumb.terminal.size", ""));
    return new Console(
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        Terminal.of(properties, System.getenv()),
        System.getenv());
  }

  /** Whatever this process prints past the console goes through it, too, from now on. */
  public void takeAll() {
    System.setOut(Stray.to(this));
    System.setErr(Stray.to(this));
  }

  /** How much is said from now on, and how. */
  public void speak(Speech how) {
    words = how;
  }

  /** How much is said, and how. */
  public Speech words() {
    return words;
  }

  /** The form of output. */
  public Format format() {
    return words.format();
  }

  /** What is at the other end. */
  public Terminal terminal() {
    return terminal;
  }

  /** How many characters a line of the result may have; any number where nobody looks at it. */
  public int width() {
    return terminal.stdout() ? terminal.columns() : Integer.MAX_VALUE;
  }

  /** The same of narration. */
  public int widthOfNarration() {
    return terminal.stderr() ? terminal.columns() : Integer.MAX_VALUE;
  }

  /** Whether results may have colours. */
  public boolean colourOut() {
    return terminal.stdout() && words.colour() && !noColourWanted;
  }

  /** Whether narration may have colours. */
  public boolean colourErr() {
    return terminal.stderr() && words.colour() && !noColourWanted;
  }

  /** Whether lines may be redrawn in place. */
  public boolean interactive() {
    return terminal.stderr() && words.progress() && words.loudness() != Loudness.QUIET;
  }

  /** Why a part of the result was lost on its way out; null if none was. */
  public @Nullable IOException lost() {
    out.flush();
    return raw.failure();
  }

  /** A line of the result, or several; whatever could act on the terminal is spelled out. */
  public void result(String line) {
    result(Painted.plain(line));
  }

  /** A line of the result in colours. */
  public void result(Painted line) {
    out.println(shown(line));
  }

  /** A JSON document, which is UTF-8 whatever the terminal can show. */
  public synchronized void json(String document) {
    PrintStream utf8 = new PrintStream(raw, false, StandardCharsets.UTF_8);
    utf8.print(Printable.json(Secrets.mask(document)));
    utf8.print('\n');
    utf8.flush();
  }

  /**
   * Stdout for a program at the other end that speaks a protocol of its own, from now on: nothing
   * else may be written there, and what is, is neither masked nor made printable.
   */
  public OutputStream channel() {
    out.flush();
    return raw;
  }

  /** A line of narration. */
  public void say(String line) {
    if (words.loudness() != Loudness.QUIET) {
      complain(line);
    }
  }

  /** A line that only those who asked for more want to read. */
  public void detail(String line) {
    if (words.loudness() == Loudness.VERBOSE) {
      complain(line);
    }
  }

  /** A line about something that went wrong, which is never left out. */
  public void complain(String line) {
    complain(Painted.plain(line));
  }

  /** A line about something that went wrong, in colours. */
  public void complain(Painted line) {
    err.println(shown(line));
  }

  /** Narration without an end of line, for what is redrawn in place. */
  public void draw(Painted picture) {
    err.print(shown(picture));
    err.flush();
  }

  /** The text as it may leave the process: this is the only way to either stream. */
  private String shown(Painted text) {
    String masked = Secrets.mask(text.text());
    return terminal.unicode() ? masked : AsciiText.ascii(masked);
  }
}
