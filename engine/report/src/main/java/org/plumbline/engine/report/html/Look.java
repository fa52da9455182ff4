// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

/**
 * How a recipe looks, everywhere on the page: one colour, one shape (its method) and one filling
 * (which of the recipes with that method it is).
 *
 * @param index its place among the recipes; also its class and its id for the script
 */
record Look(int index, String name, String light, String dark, String shape, int filling) {

  /** How lines are dashed, by filling; the first is solid. */
  private static final String[] DASHES = {"", "6 2.5", "2 2", "9 2 2 2", "1 3", "4 4"};

  /** Class that sets the recipe's colour. */
  String css() {
    return "r-" + index;
  }

  String symbol() {
    return "m-" + index;
  }

  /** Pattern of the recipe's lines; empty for solid. */
  String dashes() {
    return DASHES[filling % DASHES.length];
  }

  /** The mark before a name. */
  Html icon() {
    return Html.of(
        "<svg class=\"icon {}\" width=\"11\" height=\"11\" aria-hidden=\"true\">"
            + "<use href=\"#{}\"/></svg>",
        css(),
        symbol());
  }

  /** The mark, once per page. */
  Html definition() {
    String cls = filling % 6 == 0 ? "full" : "open";
    Html inner =
        switch (filling % 6) {
          case 2 -> Html.of("<path d=\"M-3-3 3 3M-3 3 3-3\" class=\"open\"/>");
          case 3 -> Html.of("<circle r=\"1.6\" class=\"full\"/>");
          case 4 -> Html.of("<path d=\"M-4 0H4\" class=\"open\"/>");
          case 5 -> Html.of("<path d=\"M0-4V4\" class=\"open\"/>");
          default -> Html.NONE;
        };
    return Html.of(
        "<symbol id=\"{}\" viewBox=\"-6.5 -6.5 13 13\"><path d=\"{}\" class=\"{}\"/>{}</symbol>",
        symbol(),
        shape,
        cls,
        inner);
  }
}
