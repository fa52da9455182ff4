// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** A chat template that was read. Immutable, and usable by many threads. */
public final class Template {

  private final Statement.Block body;

  private Template(Statement.Block body) {
    this.body = body;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateException if it is not well formed or has a tag that is not supported
   */
  public static Template of(String text) {
    return new Template(TemplateParser.parse(text));
  }

  /**
   * Writes the template's text.
   *
   * @param variables null, texts, numbers, truths, and lists and maps of them
   * @param now what {@code strftime_now} tells
   * @throws TemplateException if the template raises an exception, uses what is not supported, or
   *     costs too much
   */
  public String render(Map<String, ?> variables, LocalDateTime now) {
    Map<String, Object> values = new LinkedHashMap<>(Globals.all(now));
    variables.forEach((name, value) -> values.put(name, TemplateValues.of(value)));
    try {
      return TemplateLimits.within(limits -> body.text(new Frame(values, limits)));
    } catch (StackOverflowError e) {
      // lists in lists in lists: what a template builds has no depth that could be counted
      throw new TemplateException("its values nest too deeply");
    }
  }
}
