// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.model.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The base address of an endpoint: what is asked there, and what must not stand in it.
 *
 * @param text as it is written in a spec
 */
public record EndpointAddress(String text) {
  private static final String PATH = "/chat/completions";

  private static final Pattern LOOPBACK =
      Pattern.compile("127(\\.\\d{1,3}){3}|\\[::1]|(.+\\.)?localhost", Pattern.CASE_INSENSITIVE);

  /** Names of parameters that carry secrets, without their signs and in lower case. */
  private static final Pattern SECRET_NAME =
      Pattern.compile(
          ".*(key|token|secret|password|passwd|pwd|signature|credentials?|auth|authorization)|sig");

  /** Where chat models are asked; empty if the text is not the base address of an endpoint. */
  public Optional<URI> completions() {
    URI uri = uri();
    boolean http =
        uri != null
            && ("http".equalsIgnoreCase(uri.getScheme())
                || "https".equalsIgnoreCase(uri.getScheme()));
    if (uri == null || !http || uri.getHost() == null || uri.getRawFragment() != null) {
      return Optional.empty();
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
    if (path.endsWith(PATH)) {
      return Optional.empty();
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return Optional.of(
        URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + PATH + query));
  }

  private @Nullable URI uri() {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** Whether the address goes on to where chat models are asked, which is added to it. */
  public boolean goesTooFar() {
    return text.contains(PATH);
  }

  /** What in the address is a secret, in words that do not repeat it; empty if nothing is. */
  public Optional<String> secret() {
    if (authority().contains("@")) {
      return Optional.of("a user name or password");
    }
    String[] parts = text.split("[?#]", 2);
    if (parts.length > 1) {
      for (String parameter : parts[1].split("[?&;#]", -1)) {
        int equals = parameter.indexOf('=');
        if (equals > 0 && equals < parameter.length() - 1) {
          String name = decoded(parameter.substring(0, equals));
          String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
          if (SECRET_NAME.matcher(plain).matches()) {
            return Optional.of("a secret in the parameter `" + name + "`");
          }
        }
      }
    }
    return SecretScan.holdsKey(text) ? Optional.of("what looks like a key") : Optional.empty();
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name; // not percent-encoded after all
    }
  }

  /** What stands between the scheme and the path. */
  private String authority() {
    int scheme = text.indexOf("://");
    String rest = scheme < 0 ? text : text.substring(scheme + 3);
    int end = 0;
    while (end < rest.length() && "/?#\\".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(0, end);
  }

  /** Whether what is sent there can be read on its way: plain HTTP that leaves this machine. */
  public boolean overheard() {
    URI uri = uri();
    return uri != null
        && "http".equalsIgnoreCase(uri.getScheme())
        && uri.getHost() != null
        && !LOOPBACK.matcher(uri.getHost()).matches();
  }

  /** The host; empty if the text is not an address. */
  public String host() {
    URI uri = uri();
    return uri == null || uri.getHost() == null ? "" : uri.getHost();
  }

  /** The address as it may be shown. */
  public String shown() {
    return hideSecrets(text);
  }

  /**
   * A text with an asterisk for every character of a password or key in an address in it, so that
   * everything else stays in its column.
   */
  public static String hideSecrets(String text) {
    return SecretScan.hidden(text);
  }
}
