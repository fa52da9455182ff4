// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.rlhf.responses;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plumbline.engine.rlhf.responses.Segments.Segment;

/** Finds the parts of what somebody saw of a text in the text itself. */
public final class SeenParts {
  private SeenParts() {}

  /**
   * Where each part lies in the whole text, one after the other; null of a part that is not there
   * as it was seen, because something within it was hidden.
   *
   * @param seen the beginning of the text, its end, or what hiding left of it
   * @param parts of what was seen
   */
  public static List<@Nullable Segment> of(String whole, String seen, List<Segment> parts) {
    int from = whole.startsWith(seen) ? 0 : Math.max(0, whole.lastIndexOf(seen));
    List<@Nullable Segment> places = new ArrayList<>();
    for (Segment part : parts) {
      String text = seen.substring(part.start(), part.end());
      int at = whole.indexOf(text, from);
      if (at < 0) {
        places.add(null);
      } else {
        from = at + text.length();
        places.add(new Segment(at, from));
      }
    }
    return places;
  }
}
