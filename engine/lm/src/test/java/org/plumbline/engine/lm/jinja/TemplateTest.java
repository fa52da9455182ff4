// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.lm.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static final LocalDateTime NOW = LocalDateTime.parse("2026-01-02T03:04:05");

  private static String render(String template) {
    return Template.of(template).render(Map.of(), NOW);
  }

  /** Each case of {@code cases.json} says what Jinja itself makes of a template. */
  @Test
  void templatesGiveWhatJinjaGives() throws IOException {
    JsonNode all;
    try (InputStream in = TemplateTest.class.getResourceAsStream("cases.json")) {
      all = new ObjectMapper().readTree(in);
    }
    Map<String, Object> variables =
        new ObjectMapper().convertValue(all.path("variables"), new TypeReference<>() {});
    for (String name : new String[] {"messages", "tools"}) {
      variables.put(name, new ObjectMapper().convertValue(all.path(name), Object.class));
    }
    Map<String, String> differing = new LinkedHashMap<>();
    for (JsonNode one : all.path("cases")) {
      String template = one.path("template").asText();
      String got;
      try {
        got = Template.of(template).render(variables, NOW);
      } catch (TemplateException e) {
        assertThat(e.line()).as(template).isPositive();
        got = null;
      }
      if (!java.util.Objects.equals(got, one.path("text").textValue())) {
        differing.put(template, String.valueOf(got));
      }
    }
    assertThat(all.path("cases").size()).isGreaterThan(100);
    assertThat(differing).isEmpty();
  }

  @Test
  void wholeNumbersBeyond64BitsAreWritten() {
    Map<String, Object> variables = Map.of("x", new BigInteger("123456789012345678901234567890"));

    assertThat(
            Template.of("{{ x }} {{ [x] | tojson }} {{ [x] }} {{ 'a' if x }}")
                .render(variables, NOW))
        .isEqualTo(
            "123456789012345678901234567890 [123456789012345678901234567890]"
                + " [123456789012345678901234567890] a");
    assertThatThrownBy(() -> Template.of("{{ x + 1 }}").render(variables, NOW))
        .isInstanceOf(TemplateException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{ 1 }x{% include 'a' %}                 | the tag `include`",
        "{% include 'a' %}                        | the tag `include`",
        "{% for i in [1] recursive %}{% endfor %} | `recursive`",
        "{{ 'a' # 1 }}                            | `#` is not expected",
        "{{ 'a }}                                 | a string has no end",
        "{{ (1 }}                                 | `}` closes nothing",
        "{{ 1) }}                                 | closes nothing",
        "{{ 1                                     | a tag has no end",
        "{# a                                     | a comment has no end",
        "{% if 1 %}                               | has no `elif` or `else` or `endif`",
        "{% for in [1] %}{% endfor %}             | a name is expected",
        "{{ f(a=1, 2) }}                          | without a name",
        "{{ 99999999999999999999 }}               | too large",
      })
  void whatIsNotATemplateIsRefusedWithItsLine(String template, String problem) {
    String inLineThree = "{# 1 #}\n\n" + template.replace("{{ 1 }x", "{{ 1 }}");

    assertThatThrownBy(() -> Template.of(inLineThree))
        .isInstanceOfSatisfying(
            TemplateException.class,
            e -> {
              assertThat(e.line()).isEqualTo(3);
              assertThat(e.problem()).contains(problem);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{{ 1 ! groupby('a') }}      | the filter `groupby` is not supported",
        "{% if 1 is filter %}{% endif %} | the test `filter` is not supported",
        "{{ cycler(1) }}             | `cycler` is not supported",
        "{{ 'a'.title() }}           | `title` is undefined",
        "{{ '%s' % 1 }}              | `%` is not possible",
        "{{ strftime_now('%Q') }}    | does not know `%Q`",
        "{{ 9223372036854775807 + 1 }} | is not possible",
        "{{ ('<b>' ! safe) ! trim }} | marked `safe` is not supported",
        "{{ range(3)[0] }}           | after `! list`",
        "{{ namespace(a=1) }}        | a namespace cannot be printed",
      })
  void whatIsNotSupportedIsAnErrorThatNamesIt(String template, String problem) {
    Template read = Template.of("\n" + template.replace('!', '|'));

    assertThatThrownBy(() -> read.render(Map.of(), NOW))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(problem.replace('!', '|'))
        .hasMessageStartingWith("line 2: ");
  }

  @Test
  void theLineOfAnErrorIsTheOneOfTheInnermostBlock() {
    assertThatThrownBy(
            () -> render("{% for i in [1] %}\n{% if i %}\n{{ x.y }}\n{% endif %}{% endfor %}"))
        .hasMessage("line 3: `x` is undefined");
  }

  @ParameterizedTest
  @Timeout(20)
  @ValueSource(
      strings = {
        // time
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% macro m(n) %}{{ m(n - 1) if n else '' }}{{ m(n - 1) if n else '' }}{% endmacro %}{{"
            + " m(60) }}",
        // texts
        "{{ 'a' * 999999999999 }}",
        "{% set ns = namespace(s='ab') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{%"
            + " endfor %}",
        "{% set s = 'a' * 9999999 %}{{ s.replace('a', s) }}",
        "{% set s = 'a' * 9999999 %}{{ ([s] * 99999) | join(s) }}",
        "{% set s = 'a' * 9999999 %}{% for i in range(9999) %}{{ s }}{% endfor %}",
        "{% set s = 'a' * 9999999 %}{% for i in range(99999) %}{% if s | upper %}{% endif %}{%"
            + " endfor %}",
        "{{ ('a\n' * 999999) | indent(1000) }}",
        // lists
        "{{ [1] * 999999999 }}",
        "{{ range(999999999) }}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{%"
            + " endfor %}{{ ns.l }}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = [ns.l, ns.l] %}{%"
            + " endfor %}{{ ns.l | tojson }}",
        "{% set ns = namespace(l=[1], m=[1]) %}{% for i in range(99) %}{% set ns.l = [ns.l, ns.l]"
            + " %}{% set ns.m = [ns.m, ns.m] %}{% endfor %}{{ ns.l == ns.m }}",
        // depth
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99999) %}{% set ns.l = [ns.l] %}{% endfor"
            + " %}{{ ns.l }}",
      })
  void hostileTemplatesEndSoon(String template) {
    assertThatThrownBy(() -> render(template)).isInstanceOf(TemplateException.class);
  }

  /** Each goes through texts or lists, in one step or few, far more often than they are long. */
  @ParameterizedTest
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        // looking for a text
        "{% if t in s %}{% endif %}",
        "{% if t is in s %}{% endif %}",
        "{{ s.find(t) }}",
        "{{ s.rfind(t) }}",
        "{{ s.count(t) }}",
        "{{ s.split(t) }}",
        "{{ s.rsplit(t) }}",
        "{{ s.partition(t) }}",
        "{{ s.rpartition(t) }}",
        "{{ s.replace(t, '') }}",
        "{{ s | replace(t, '') }}",
        "{{ [s] | select('in', [t]) | list }}{{ [t] | select('in', s) | list }}",
        "{{ s.startswith((a,) * 1000000) }}{{ s.startswith((t,) * 1000000) }}",
        // many parts
        "{{ ('a ' * 4000000).split() | length }}",
        "{{ ('a,' * 4000000).split(',') | length }}",
        "{{ ('a,' * 4000000).rsplit(',') | length }}",
        "{{ ('\n' * 8000000).splitlines() | length }}",
        "{{ s | list | length }}",
        "{% for i in range(99999) %}{% if range(99999) %}{% endif %}{% endfor %}",
        // long texts in lists
        "{% if [s] * 1000000 == ['b' ~ s[1:]] * 1000000 %}{% endif %}"
            + "{% if [s ~ 'a'] * 1000000 == [s ~ 'a' ~ ''] * 1000000 %}{% endif %}",
        "{{ ([s ~ 'a'] * 1000000).count('a' ~ s) }}",
        "{{ ([s ~ 'a'] * 1000000) | sort | length }}",
        "{{ ([s ~ 'a'] * 1000000) | max | length }}",
        "{{ ([s ~ 'a'] * 1000000) | map('length') | list }}",
        "{{ ([s ~ 'a'] * 1000000) | select('lower') | list | length }}",
        "{{ ([[s, 'a']] * 1000000) | map('join') | map('length') | list | length }}",
        "{{ ([[1]] * 1000000) | sum(start=[]) | length }}",
        "{{ ([1] * 1000000) | map(attribute='a' ~ '.a' * 1000000, default={}) | list | length }}",
        "{% set f = s.isdigit %}{% for i in range(99999) %}{% if f() %}{% endif %}{% endfor %}",
        "{{ ([5e-324] * 1000000) | string | length }}",
        // texts that nothing counted
        "{% set ns = namespace(s='ab' | safe) %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s"
            + " %}{% endfor %}",
        "{{ ('[' * 0 ~ 'x').split('x') | tojson(indent=s) }}{{ [[[[1]]]] | tojson(indent=s) }}",
      })
  void goingThroughTextsAndListsCostsSteps(String template) {
    String texts = "{% set a = 'a' * 4000000 %}{% set s = a * 2 %}{% set t = a ~ 'b' %}";

    assertThatThrownBy(() -> render(texts + template)).isInstanceOf(TemplateException.class);
  }

  /** These took time that grew with the square of a text, and do not need to. */
  @ParameterizedTest
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{{ (s ~ 'x') ! trim ! length }}| 1",
        "{{ ('x' ~ s ~ 'x').strip() ! length }}| 4000002",
        "{{ ('b' * 1000000).strip('c' * 4000000 ~ 'b') ! length }}| 0",
        "{{ ('1' * 4000000 ~ 'x') ! float }}| 0.0",
        "{{ ('a ' * 400000).split() ! length }}| 400000",
        "{{ ('a,' * 400000).rsplit(',') ! length }}| 400001",
        "{{ (s ~ 'xy')[-1] }}{{ (s ~ 'xy')[:-3:-1] }}| yyx",
      })
  void longTextsAreGoneThroughOnce(String template, String expected) {
    String text = "{% set s = ' ' * 4000000 %}";

    assertThat(render(text + template.replace('!', '|'))).isEqualTo(expected);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void spacesInATemplateAreGoneThroughOnce() {
    String spaces = " ".repeat(4_000_000);

    assertThat(render(spaces + "x" + spaces + "{{- 1 }}")).isEqualTo(spaces + "x1");
  }

  @Test
  void deepNestingIsRefusedBeforeItOverflows() {
    for (String deep :
        new String[] {
          "{{ " + "(".repeat(9999) + "1" + ")".repeat(9999) + " }}",
          "{{ " + "[".repeat(9999) + "]".repeat(9999) + " }}",
          "{{ " + "not ".repeat(9999) + "1 }}",
          "{{ " + "-".repeat(9999) + "1 }}",
          "{% if 1 %}".repeat(9999),
          "{% if 1 %}" + "{% elif 1 %}".repeat(9999) + "{% endif %}",
          "{{ " + "1 if 1 else ".repeat(9999) + "1 }}",
        }) {
      assertThatThrownBy(() -> Template.of(deep)).hasMessageContaining("nests more than");
    }
  }

  @Test
  void longTemplatesOfOneLevelAreFine() {
    assertThat(render("{{ " + "1 + ".repeat(500) + "1 }}")).isEqualTo("501");
    assertThat(render("{{ '" + "\\'".repeat(50_000) + "' | length }}")).isEqualTo("50000");
  }
}
