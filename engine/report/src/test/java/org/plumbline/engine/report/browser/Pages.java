// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.browser;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.plumbline.engine.report.Comparison;
import org.plumbline.engine.report.ComparisonFixture;
import org.plumbline.engine.report.html.HtmlReport;

/**
 * Pages in a browser for the tests of one class. Without Chromium these tests are skipped, and say
 * so; with {@code -Dbrowser=required}, as in CI, they fail instead.
 */
final class Pages implements BeforeAllCallback, AfterAllCallback {

  private static final Map<String, String> RENDERED = new ConcurrentHashMap<>();

  private @Nullable Browser browser;
  private @Nullable Path folder;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    Path program = Browser.installed().orElse(null);
    if (program == null) {
      String why = "no chromium on the path (-Dbrowser.path=… names one)";
      if ("required".equals(System.getProperty("browser"))) {
        fail(why);
      }
      assumeTrue(false, why);
      return;
    }
    folder = Files.createTempDirectory("plumb-browser");
    browser = Browser.start(program, folder);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  Browser browser() {
    if (browser == null) {
      throw new IllegalStateException("the browser has not been started");
    }
    return browser;
  }

  /** The page of everything, or of as many recipes and prompts as {@code 40x1000} says. */
  static String html(String name) {
    return RENDERED.computeIfAbsent(name, n -> HtmlReport.render(comparison(n)));
  }

  private static Comparison comparison(String name) {
    if (name.equals("everything")) {
      return ComparisonFixture.full();
    }
    int by = name.indexOf('x');
    return ComparisonFixture.synthetic(
        Integer.parseInt(name.substring(0, by)), Integer.parseInt(name.substring(by + 1)));
  }

  /** Opens a page at a place, such as {@code #verdict}. */
  void open(String name, String place) throws Exception {
    browser().open(file(name).toUri() + place);
  }

  private Path file(String name) throws IOException {
    if (folder == null) {
      throw new IllegalStateException("the browser has not been started");
    }
    Path file = folder.resolve(name + ".html");
    if (!Files.exists(file)) {
      Files.writeString(file, html(name));
    }
    return file;
  }
}
