// SPDX-License-Identifier: Apache-2.0
package org.plumbline.engine.report.html;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A page as a tree. Reading it fails if it is not well-formed. */
final class Parsed {

  private static final Pattern RAW =
      Pattern.compile("(<(style|script)[^>]*>).*?</\\2>", Pattern.DOTALL);

  private final Document document;

  private Parsed(Document document) {
    this.document = document;
  }

  static Parsed of(String page) throws IOException, SAXException, ParserConfigurationException {
    DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    builder.setErrorHandler(null);
    String markup = RAW.matcher(page).replaceAll("$1</$2>");
    return new Parsed(builder.parse(new InputSource(new StringReader(markup))));
  }

  /** All elements of a name, {@code *} for all. */
  List<Element> elements(String name) {
    NodeList found = document.getElementsByTagName(name);
    List<Element> out = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      out.add((Element) found.item(i));
    }
    return out;
  }

  /** All values of an attribute. */
  List<String> values(String attribute) {
    return elements("*").stream()
        .filter(e -> e.hasAttribute(attribute))
        .map(e -> e.getAttribute(attribute))
        .toList();
  }

  List<String> headings() {
    return elements("h2").stream()
        .filter(h -> h.getAttribute("id").startsWith("h-"))
        .map(Element::getTextContent)
        .toList();
  }

  String text() {
    return document.getDocumentElement().getTextContent();
  }
}
